"""Request headers are read plainly, and junk is refused."""

import io

import pytest

from kiosk.web.headers import MAX_HEADERS, MAX_LINE, Headers


def read(text: str) -> Headers:
    return Headers(io.BytesIO(text.encode("latin-1")), 0)


def test_names_do_not_care_for_case() -> None:
    headers = read("Content-Type: application/json\r\nHOST: localhost\r\n\r\n")

    assert headers.status == ""
    assert headers.get("host") == headers.getheader("Host") == "localhost"
    assert headers.typeheader == "application/json"
    assert list(headers.headers) == ["content-type: application/json", "host: localhost"]


def test_repeated_headers_are_joined_and_cookies_with_a_semicolon() -> None:
    headers = read("Accept: a\r\nAccept: b\r\nCookie: a=1\r\nCookie: b=2\r\n\r\n")

    assert headers.get("accept") == "a,b"
    assert headers.get("cookie") == "a=1; b=2"


@pytest.mark.parametrize(
    "text",
    [
        "Content-Length: 5\r\nContent-Length: 6\r\n\r\n",
        "Host: a\r\nHost: b\r\n\r\n",
        "no colon here\r\n\r\n",
        "Folded: a\r\n b\r\n\r\n",
        "Space : a\r\n\r\n",
        ": a\r\n\r\n",
        f"Long: {'x' * MAX_LINE}\r\n\r\n",
        "".join(f"H{n}: x\r\n" for n in range(MAX_HEADERS + 2)) + "\r\n",
    ],
)
def test_junk_is_refused(text: str) -> None:
    assert read(text).status


def test_the_end_of_the_connection_ends_the_headers() -> None:
    assert read("Host: a\r\n").get("host") == "a"
