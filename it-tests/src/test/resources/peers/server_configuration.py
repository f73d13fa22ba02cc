"""Gives a server one more SSH endpoint over NETCONF, and comes back through it: PORT PASSWORD NEW_PORT."""
import sys

from ncclient import manager

port, password, new_port = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])


def connect(to):
    return manager.connect(host="127.0.0.1", port=to, username="admin", password=password, hostkey_verify=False,
                           allow_agent=False, look_for_keys=False, timeout=60)


CONFIG = """
<config xmlns="urn:ietf:params:xml:ns:netconf:base:1.0">
  <keystore xmlns="urn:ietf:params:xml:ns:yang:ietf-keystore"><asymmetric-keys><asymmetric-key>
    <name>ssh-host-ed25519</name><hidden-private-key/>
  </asymmetric-key></asymmetric-keys></keystore>
  <netconf-server xmlns="urn:ietf:params:xml:ns:yang:ietf-netconf-server"><listen>
    <idle-timeout>600</idle-timeout>
    <endpoints><endpoint>
    <name>added</name>
    <ssh>
      <tcp-server-parameters><local-bind>
        <local-address>127.0.0.1</local-address><local-port>%d</local-port>
      </local-bind></tcp-server-parameters>
      <ssh-server-parameters><server-identity><host-key>
        <name>own</name>
        <public-key><central-keystore-reference>ssh-host-ed25519</central-keystore-reference></public-key>
      </host-key></server-identity></ssh-server-parameters>
    </ssh>
  </endpoint></endpoints></listen></netconf-server>
</config>""" % new_port

with connect(port) as session:
    session.edit_config(target="candidate", config=CONFIG)
    session.validate(source="candidate")
    session.commit()
with connect(new_port) as session:
    served = session.get(filter=("subtree", '<netconf-server xmlns="urn:ietf:params:xml:ns:yang:ietf-netconf-server"/>'))
    assert "<name>added</name>" in served.data_xml, served.data_xml
    assert "default-ssh" in served.data_xml, served.data_xml
print("done")
