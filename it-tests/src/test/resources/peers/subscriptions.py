"""What an ncclient user does with subscriptions: raw rpcs by dispatch. Prints one line a step; fails on the first surprise.

usage: subscriptions.py PORT USER PASSWORD
"""
import sys
from ncclient import manager
from ncclient.xml_ import to_ele

SN = 'urn:ietf:params:xml:ns:yang:ietf-subscribed-notifications'
NC = 'urn:ietf:params:xml:ns:netconf:base:1.0'
YP = 'urn:ietf:params:xml:ns:yang:ietf-yang-push'
HEAD = f'xmlns="{SN}" xmlns:yp="{YP}" xmlns:ds="urn:ietf:params:xml:ns:yang:ietf-datastores"'
SELECTION = ('<yp:datastore>ds:operational</yp:datastore><yp:datastore-xpath-filter '
             'xmlns:s="urn:ietf:params:xml:ns:yang:ietf-service-assurance">/s:subservices</yp:datastore-xpath-filter>')
SUBSERVICE = ('<subservices xmlns="urn:ietf:params:xml:ns:yang:ietf-service-assurance"><subservice %s><type>service-instance-type'
              '</type><id>%s</id><service-instance-parameter><service>t</service><instance-name>%s</instance-name>'
              '</service-instance-parameter></subservice></subservices>')


def connect():
    return manager.connect(host='127.0.0.1', port=int(sys.argv[1]), username=sys.argv[2], password=sys.argv[3],
                           hostkey_verify=False, look_for_keys=False, allow_agent=False, timeout=60)


def rpc(session, body):
    return session.dispatch(to_ele(body))


def establish(session, body):
    reply = rpc(session, f'<establish-subscription {HEAD}>{body}</establish-subscription>')
    return reply._root.findtext('{%s}id' % SN)


def expect(session, *parts):
    for _ in range(100):
        notification = session.take_notification(timeout=60)
        assert notification is not None, 'no notification with %s' % (parts,)
        text = notification.notification_xml
        if all(p in text for p in parts):
            print('got', *parts, flush=True)
            return text
    raise AssertionError('100 notifications without %s' % (parts,))


def edit(session, name, operation=''):
    body = SUBSERVICE % (operation, name, name)
    session.edit_config(target='running', config='<config xmlns="%s" xmlns:nc="%s">%s</config>' % (NC, NC, body))


receiver, editor = connect(), connect()
edit(editor, 'zero')
stream = establish(receiver, '<stream>NETCONF</stream><stream-xpath-filter xmlns:n='
                   '"urn:ietf:params:xml:ns:yang:ietf-netconf-notifications">/n:netconf-config-change</stream-xpath-filter>')
changes = establish(receiver, SELECTION + '<yp:on-change/>')
expect(receiver, '<push-update', f'<id>{changes}</id>')
edit(editor, 'one')
expect(receiver, '<push-change-update', f'<id>{changes}</id>', '<id>one</id>')
edit(editor, 'one', 'nc:operation="delete"')
expect(receiver, '<push-change-update', '<operation>delete</operation>')
rpc(receiver, f'<resync-subscription xmlns="{YP}"><id>{changes}</id></resync-subscription>')
expect(receiver, '<push-update', f'<id>{changes}</id>')
periodic = establish(receiver, SELECTION + '<yp:periodic><yp:period>50</yp:period></yp:periodic>')
expect(receiver, '<push-update', f'<id>{periodic}</id>')
expect(receiver, '<push-update', f'<id>{periodic}</id>')
rpc(receiver, f'<modify-subscription {HEAD}><id>{periodic}</id>{SELECTION}<yp:periodic><yp:period>100</yp:period></yp:periodic>'
    '</modify-subscription>')
expect(receiver, '<push-update', f'<id>{periodic}</id>')
for subscription in (stream, changes, periodic):
    rpc(receiver, f'<delete-subscription xmlns="{SN}"><id>{subscription}</id></delete-subscription>')
left = editor.get(filter=('subtree', f'<subscriptions xmlns="{SN}"/>')).data_xml
for subscription in (stream, changes, periodic):
    assert f'<subscription><id>{subscription}</id>' not in left, left
last = establish(receiver, '<stream>NETCONF</stream>')
receiver.close_session()
for _ in range(100):
    left = editor.get(filter=('subtree', f'<subscriptions xmlns="{SN}"/>')).data_xml
    if f'<subscription><id>{last}</id>' not in left:
        break
assert f'<subscription><id>{last}</id>' not in left, 'the subscription outlived its session: ' + left
editor.close_session()
print('done')
