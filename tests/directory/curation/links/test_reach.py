"""Only machines of the public internet are asked, in whatever way an address is written or hidden."""

from __future__ import annotations

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.curation.links.reach import NoHost, NotPublic, Target, is_public, targets
from directory.links import outbound

INNER = [
    "127.0.0.1", "127.1.2.3", "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.254",  # noqa: S104 - refused here
    "192.168.0.1", "192.168.255.1", "169.254.169.254", "169.254.0.1", "100.64.0.1", "100.127.255.254", "192.0.0.1",
    "192.0.0.170", "192.0.2.1", "198.51.100.7", "203.0.113.9", "198.18.0.1", "198.19.255.255", "192.88.99.1",
    "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "2002:a9fe:a9fe::1",
    "2002:c0a8:1::1", "3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fd12:3456::1", "fe80::1", "fe80::1%eth0",
    "fec0::1", "ff02::1", "ff0e::1",
    "", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "1.1.1.1%eth0",
]  # fmt: skip
PUBLIC = ["1.1.1.1", "8.8.8.8", "93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450:4001::1",
          "::ffff:8.8.8.8", "64:ff9b::808:808"]  # fmt: skip


@pytest.mark.parametrize("address", INNER)
def test_an_inner_machine_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_machine_is(address):
    assert is_public(address)


@given(
    st.ip_addresses(network="10.0.0.0/8") | st.ip_addresses(network="127.0.0.0/8") | st.ip_addresses(network="fc00::/7")
)
def test_no_address_of_an_inner_network_is_public(address):
    assert not is_public(str(address))
    if address.version == 4:
        assert not is_public(f"::ffff:{address}")


def resolves_to(*addresses: str):
    return lambda host, port: [
        Target(socket.AF_INET6 if ":" in each else socket.AF_INET, (each, port)) for each in addresses
    ]


def test_a_name_leads_to_the_numbers_that_were_looked_at():
    assert targets("a.example", 443, resolver=resolves_to("8.8.8.8")) == [Target(socket.AF_INET, ("8.8.8.8", 443))]


def test_one_inner_number_among_public_ones_refuses_the_name():
    with pytest.raises(NotPublic):
        targets("a.example", 80, resolver=resolves_to("8.8.8.8", "10.0.0.5"))


def test_a_name_that_means_nothing_is_no_host():
    def unknown(host, port):
        raise socket.gaierror

    with pytest.raises(NoHost):
        targets("a.example", 80, resolver=unknown)
    with pytest.raises(NoHost):
        targets("a.example", 80, resolver=resolves_to())


def test_a_network_can_count_as_public_for_a_trial():
    assert targets("a.example", 80, resolver=resolves_to("127.0.0.1"), also=["127.0.0.0/8"])
    with pytest.raises(NotPublic):
        targets("a.example", 80, resolver=resolves_to("10.0.0.1"), also=["127.0.0.0/8"])


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/", "http://[::1]/", "http://0x7f.1/", "http://2130706433/", "http://localhost/",
        "http://metadata.internal/", "http://127.0.0.1.:80/", "http://user@127.0.0.1/", "http://a.example@127.0.0.1/",
        "gopher://a.example/", "file:///etc/passwd", "http://a.example:22/", "http://a.example\\@127.0.0.1/",
        "http://①②⑦.⓪.⓪.①/", "http://127。0。0。1/", "ftp://a.example/", "http://router/", "//127.0.0.1/", "http:///x",
    ],
)  # fmt: skip
def test_what_is_no_public_name_is_no_link_in_the_first_place(address):
    assert outbound(address) is None
