"""An ncclient user who watches while a device fails. Says 'watching' when that may happen; fails on the first surprise.

usage: watch.py PORT USER PASSWORD ID, where ID is the subservice whose score falls to 0
"""
import sys
import time
from ncclient import manager
from ncclient.xml_ import to_ele

SN = 'urn:ietf:params:xml:ns:yang:ietf-subscribed-notifications'
YP = 'urn:ietf:params:xml:ns:yang:ietf-yang-push'
AA = 'urn:auspex:yang:auspex-assurance'
HEAD = f'xmlns="{SN}" xmlns:yp="{YP}" xmlns:ds="urn:ietf:params:xml:ns:yang:ietf-datastores"'
SELECTION = ('<yp:datastore>ds:operational</yp:datastore><yp:datastore-subtree-filter>'
             '<subservices xmlns="urn:ietf:params:xml:ns:yang:ietf-service-assurance"/></yp:datastore-subtree-filter>')
FAILED = sys.argv[4]

session = manager.connect(host='127.0.0.1', port=int(sys.argv[1]), username=sys.argv[2], password=sys.argv[3],
                          hostkey_verify=False, look_for_keys=False, allow_agent=False, timeout=60)


def establish(body):
    reply = session.dispatch(to_ele(f'<establish-subscription {HEAD}>{body}</establish-subscription>'))
    return reply._root.findtext('{%s}id' % SN)


stream = establish('<stream>health</stream><stream-subtree-filter><health-changed xmlns="%s"><id>%s</id></health-changed>'
                   '</stream-subtree-filter>' % (AA, FAILED))
changes = establish(SELECTION + '<yp:on-change/>')
periodic = establish(SELECTION + '<yp:periodic><yp:period>100</yp:period></yp:periodic>')
wanted = {
    'stream': ['<health-changed', f'<id>{FAILED}</id>', '<score>0</score>'],
    'on-change': ['<push-change-update', f'<id>{changes}</id>', f'{FAILED}/health-score', '>0</health-score>'],
    'periodic': ['<push-update', f'<id>{periodic}</id>', f'<id>{FAILED}</id>', '<health-score>0</health-score>'],
}
print('watching', flush=True)
deadline = time.monotonic() + 60
while time.monotonic() < deadline:
    notification = session.take_notification(timeout=60)
    assert notification is not None, 'nothing more, but not all came: %s' % sorted(wanted)
    text = notification.notification_xml
    for name in [n for n, parts in wanted.items() if all(p in text for p in parts)]:
        del wanted[name]
        print(name, text.replace('\n', ''), flush=True)
    if not wanted:
        break
assert not wanted, 'not all came: %s' % sorted(wanted)
for subscription in (stream, changes, periodic):
    session.dispatch(to_ele(f'<delete-subscription xmlns="{SN}"><id>{subscription}</id></delete-subscription>'))
session.close_session()
print('done')
