"""A NETCONF session of ncclient: prints one line per step, fails on the first step that is not as expected."""
import sys
from ncclient import manager
from ncclient.operations import RPCError
from ncclient.xml_ import to_ele

port = int(sys.argv[1])
EX = "http://example.com/schema/1.2/config"


def connect():
    return manager.connect(
        host="127.0.0.1", port=port, username="alice", password="right",
        hostkey_verify=False, look_for_keys=False, allow_agent=False, timeout=20)


def users(m):
    reply = m.get_config("running", filter=("subtree", '<top xmlns="%s"><users><user><name/></user></users></top>' % EX))
    return sorted(e.text for e in reply.data_ele.iter("{%s}name" % EX))


def edit(m, body, **options):
    return m.edit_config(
        target="running",
        config='<config xmlns="urn:ietf:params:xml:ns:netconf:base:1.0" '
               'xmlns:nc="urn:ietf:params:xml:ns:netconf:base:1.0"><top xmlns="%s">%s</top></config>' % (EX, body),
        **options)


def expect(what, got, expected):
    if got != expected:
        print("%s: got %r, expected %r" % (what, got, expected))
        sys.exit(1)
    print("ok", what)


def refused(what, tag, call):
    try:
        call()
    except RPCError as e:
        expect(what, e.tag, tag)
        return
    print(what, "was not refused")
    sys.exit(1)


with connect() as m:
    expect("base:1.1", ":base:1.1" in m.server_capabilities, True)
    expect("empty", users(m), [])
    edit(m, "<users><user><name>fred</name><type>admin</type></user><user><name>wilma</name></user></users>")
    expect("merge", users(m), ["fred", "wilma"])
    refused("create what is there", "data-exists",
            lambda: edit(m, '<users><user nc:operation="create"><name>fred</name></user></users>'))
    edit(m, '<users><user nc:operation="delete"><name>fred</name></user></users>')
    expect("delete", users(m), ["wilma"])
    refused("delete what is not there", "data-missing",
            lambda: edit(m, '<users><user nc:operation="delete"><name>fred</name></user></users>'))
    edit(m, '<users><user nc:operation="remove"><name>fred</name></user></users>')
    edit(m, '<users nc:operation="replace"><user><name>barney</name></user></users>')
    expect("replace", users(m), ["barney"])
    refused("half of it wrong", "invalid-value",
            lambda: edit(m, "<users><user><name>pebbles</name><company-info><dept>999</dept></company-info></user></users>"))
    expect("nothing of it done", users(m), ["barney"])
    refused("none where nothing is", "data-missing",
            lambda: edit(m, "<users><user><name>dino</name><type nc:operation='merge'>pet</type></user></users>",
                         default_operation="none"))
    edit(m, "<marker><note>a &lt; b &amp; \u00e9</note></marker>")
    reply = m.get(filter=("xpath", ({"e": EX}, "/e:top/e:marker/e:note")))
    expect("xpath", [e.text for e in reply.data_ele.iter("{%s}note" % EX)], [u"a < b & \u00e9"])
    expect("get-schema", "module example-config" in m.get_schema("example-config").data, True)
    edit(m, "<users><user><name>barney</name><type>guest</type></user></users>")
    expect("with-defaults explicit", "guest" in m.get_config("running", with_defaults="explicit").data_xml, True)
    expect("with-defaults trim", "guest" in m.get_config("running", with_defaults="trim").data_xml, False)
    state = m.get(filter=("subtree", '<netconf-state xmlns="urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring">'
                          "<sessions/></netconf-state>")).data_xml
    expect("own session is shown", "<username>alice</username>" in state, True)
    sum = m.dispatch(to_ele('<add xmlns="%s"><a>40</a><b>2</b></add>' % EX))
    expect("rpc", "42" in sum.xml, True)
    with connect() as other:
        with m.locked("candidate"):
            refused("lock of another session", "lock-denied", lambda: other.lock("candidate"))
            m.edit_config(target="candidate", config='<config xmlns="urn:ietf:params:xml:ns:netconf:base:1.0"><top xmlns="%s">'
                          "<users><user><name>trial</name></user></users></top></config>" % EX)
            expect("running is untouched", users(m), ["barney"])
            m.validate("candidate")
            m.commit(confirmed=True, timeout="60")
            expect("confirmed commit", users(m), ["barney", "trial"])
            m.cancel_commit()
            expect("cancelled", users(m), ["barney"])
            m.discard_changes()
    m.edit_config(target="candidate", config='<config xmlns="urn:ietf:params:xml:ns:netconf:base:1.0"><top xmlns="%s">'
                  "<users><user><name>kept</name></user></users></top></config>" % EX)
    m.commit(confirmed=True, timeout="60", persist="p1")
    with connect() as other:
        refused("guess", "invalid-value", lambda: other.commit(persist_id="p2"))
        other.commit(persist_id="p1")
    expect("confirmed by another session", users(m), ["barney", "kept"])
    m.copy_config(source="running", target="candidate")
    other = connect()
    m.kill_session(other.session_id)
    print("ok kill-session")
print("done")
