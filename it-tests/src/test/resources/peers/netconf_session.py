"""NETCONF sessions of ncclient with a whole server: one line per step; fails on the first step that is not as expected.

Arguments: port, password, and 'all' (up to a confirmed commit that waits), 'confirm' (which confirms it) or 'lock' (holds
the lock on running until a line comes in).
"""
import sys
import time
from ncclient import manager
from ncclient.operations import RPCError
from ncclient.xml_ import to_ele

port, password, phase = int(sys.argv[1]), sys.argv[2], sys.argv[3]
JB = "https://example.com/ns/example-jukebox"
NC = "urn:ietf:params:xml:ns:netconf:base:1.0"


def connect():
    return manager.connect(host="127.0.0.1", port=port, username="admin", password=password, hostkey_verify=False,
                           look_for_keys=False, allow_agent=False, timeout=60)


def artists(m, source="running"):
    reply = m.get_config(source, filter=("subtree", '<jukebox xmlns="%s"><library><artist><name/></artist></library>'
                                         "</jukebox>" % JB))
    return sorted(e.text for e in reply.data_ele.iter("{%s}name" % JB))


def edit(m, body, target="running", **options):
    return m.edit_config(target=target, config='<config xmlns="%s" xmlns:nc="%s"><jukebox xmlns="%s"><library>%s</library>'
                         "</jukebox></config>" % (NC, NC, JB, body), **options)


def artist(name, operation=""):
    return '<artist%s><name>%s</name></artist>' % (operation and ' nc:operation="%s"' % operation, name)


def expect(what, got, expected):
    if got != expected:
        print("%s: got %r, expected %r" % (what, got, expected))
        sys.exit(1)
    print("ok", what, flush=True)


def refused(what, tag, call):
    try:
        call()
    except RPCError as e:
        expect(what, e.tag, tag)
        return
    print(what, "was not refused")
    sys.exit(1)


def until(what, condition):
    for _ in range(300):
        if condition():
            print("ok", what, flush=True)
            return
        time.sleep(0.1)
    print(what, "did not come")
    sys.exit(1)


def everything():
    with connect() as m:
        for capability in (":candidate", ":confirmed-commit:1.1", ":validate:1.1", ":xpath", ":notification", ":interleave",
                           ":with-defaults", ":rollback-on-error", ":writable-running"):
            expect(capability, capability in m.server_capabilities, True)
        expect("no url", any(":capability:url:" in c for c in m.server_capabilities), False)
        edit(m, artist("a") + artist("b"))
        expect("merge", artists(m), ["a", "b"])
        refused("create what is there", "data-exists", lambda: edit(m, artist("a", "create")))
        edit(m, artist("c", "create") + artist("a", "delete"))
        refused("delete what is not there", "data-missing", lambda: edit(m, artist("a", "delete")))
        edit(m, artist("a", "remove"))
        edit(m, '<artist nc:operation="replace"><name>b</name><album><name>x</name><year>1999</year></album></artist>')
        refused("none where nothing is", "data-missing",
                lambda: edit(m, artist("z") , default_operation="none"))
        expect("all operations", artists(m), ["b", "c"])
        reply = m.get(filter=("xpath", ({"jb": JB}, "/jb:jukebox/jb:library/jb:artist[jb:name='b']/jb:album/jb:year")))
        expect("xpath", [e.text for e in reply.data_ele.iter("{%s}year" % JB)], ["1999"])
        reply = m.get(filter='<filter xmlns="%s" type="subtree">'
                              '<jukebox xmlns="%s"><library><artist><name>c</name></artist></library></jukebox>'
                              '<netconf-state xmlns="urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring"><sessions/>'
                              "</netconf-state></filter>" % (NC, JB))
        expect("two roots", "<username>admin</username>" in reply.data_xml and ">c<" in reply.data_xml, True)
        expect("get-schema", "module example-jukebox" in m.get_schema("example-jukebox").data, True)
        m.create_subscription(stream_name="NETCONF")
        with connect() as other:
            with m.locked("running"):
                refused("lock of another session", "lock-denied", lambda: other.lock("running"))
                refused("edit under it", "in-use", lambda: edit(other, artist("d")))
            edit(other, artist("d"))
        heard = ""
        while "netconf-config-change" not in heard:
            notification = m.take_notification(timeout=30)
            expect("a notification comes", notification is not None, True)
            heard = notification.notification_xml
        edit(m, artist("trial"), "candidate")
        m.validate("candidate")
        m.commit(confirmed=True, timeout="60")
        m.commit()
        expect("confirmed", artists(m), ["b", "c", "d", "trial"])
        edit(m, artist("trial", "delete"), "candidate")
        m.commit(confirmed=True, timeout="60")
        m.cancel_commit()
        expect("cancelled", artists(m), ["b", "c", "d", "trial"])
        m.discard_changes()
        edit(m, artist("late"), "candidate")
        m.commit(confirmed=True, timeout="1")
        until("timed out", lambda: "late" not in artists(m))
        m.discard_changes()
        other = connect()
        m.kill_session(other.session_id)
        until("killed", lambda: not other.connected)
        edit(m, artist("pending"), "candidate")
        m.commit(confirmed=True, timeout="600", persist="p1")
        expect("pending", artists(m), ["b", "c", "d", "pending", "trial"])
    print("done", flush=True)


def confirm():
    with connect() as m:
        expect("still pending", artists(m), ["b", "c", "d", "pending", "trial"])
        refused("an edit meanwhile", "in-use", lambda: edit(m, artist("e")))
        refused("guess", "invalid-value", lambda: m.commit(persist_id="p2"))
        m.commit(persist_id="p1")
        edit(m, artist("e"))
        expect("confirmed after the restart", artists(m), ["b", "c", "d", "e", "pending", "trial"])
    print("done", flush=True)


def lock():
    with connect() as m:
        with m.locked("running"):
            print("locked", flush=True)
            sys.stdin.readline()
    print("done", flush=True)


{"all": everything, "confirm": confirm, "lock": lock}[phase]()
