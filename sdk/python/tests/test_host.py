"""Against a real host with the plugin of tests/TestPlugins/Conformance; skipped unless EDGEHOST_TEST_ENDPOINT names its socket."""

import asyncio
import os
import threading
import unittest

import edgehost
from edgehost import CallOptions, EdgeHostError, aio

ENDPOINT = os.environ.get("EDGEHOST_TEST_ENDPOINT", "")
OFFERS = os.environ.get("EDGEHOST_TEST_OFFERS", "").split(",")


@unittest.skipUnless(ENDPOINT, "EDGEHOST_TEST_ENDPOINT names no host")
class BlockingTests(unittest.TestCase):
    def setUp(self) -> None:
        self.host = edgehost.EdgeHost.connect(endpoint=ENDPOINT, app="python-tests")
        self.addCleanup(self.host.close)

    def test_call(self) -> None:
        self.assertEqual({"a": [1, b"x", None]}, self.host.call("conformance.echo", a=[1, b"x", None]))
        self.assertEqual(3, self.host.ping(b"abc"))
        self.assertTrue(self.host.host_version)
        self.assertIn("conformance.echo", [c["method"] for c in self.host.capabilities()])

    def test_large_binary(self) -> None:
        self.assertEqual({"bytes": 6 << 20, "sum": 6 << 20}, self.host.call("conformance.measure", data=b"\x01" * (6 << 20)))

    def test_error(self) -> None:
        with self.assertRaises(EdgeHostError) as raised:
            self.host.call("conformance.fail", code="aborted", message="Lost.", retry_after_ms=5)
        self.assertEqual(("aborted", "Lost.", 5), (raised.exception.code, raised.exception.message, raised.exception.retry_after_ms))

    def test_deadline(self) -> None:
        with self.assertRaises(EdgeHostError) as raised:
            self.host.call("conformance.wait", options=CallOptions(deadline=0.05))
        self.assertEqual("deadline_exceeded", raised.exception.code)

    def test_explained(self) -> None:
        told: list[dict[str, object]] = []
        self.host.call("conformance.echo", options=CallOptions(on_info=told.append))
        self.assertEqual("test.conformance", told[0]["plugin"])

    def test_stream(self) -> None:
        items = self.host.stream("conformance.count", to=1000)
        self.assertEqual(list(range(1, 1001)), [item["n"] for item in items])
        self.assertEqual({"sent": 1000}, items.response())

    def test_stream_that_is_left(self) -> None:
        with self.host.stream("conformance.count", to=1_000_000) as items:
            self.assertEqual({"n": 1}, next(items))
        with self.assertRaises(EdgeHostError) as raised:
            items.response()
        self.assertEqual("cancelled", raised.exception.code)

    def test_many_threads(self) -> None:
        failures: list[BaseException] = []

        def work(number: int) -> None:
            try:
                for i in range(50):
                    assert self.host.call("conformance.echo", n=number * 1000 + i) == {"n": number * 1000 + i}
            except BaseException as e:
                failures.append(e)

        threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual([], failures)

    def test_closed(self) -> None:
        self.host.close()
        self.host.close()
        with self.assertRaises(EdgeHostError) as raised:
            self.host.ping()
        self.assertEqual("unavailable", raised.exception.code)

    @unittest.skipUnless("streams" in OFFERS, "this host takes no pushes yet")
    def test_duplex_and_upload(self) -> None:
        numbers = [{"n": n} for n in range(200)]
        self.assertEqual([2 * n for n in range(200)], [item["n"] for item in self.host.duplex("conformance.double", numbers)])
        self.assertEqual(sum(range(200)), self.host.upload("conformance.sum", numbers)["sum"])

    def test_no_host(self) -> None:
        with self.assertRaises(EdgeHostError) as raised:
            edgehost.EdgeHost.connect(endpoint=ENDPOINT + "-none")
        self.assertEqual("unavailable", raised.exception.code)
        self.assertIn("edgehost serve", raised.exception.message)

    def test_endpoint_that_is_too_long(self) -> None:
        with self.assertRaises(EdgeHostError) as raised:
            edgehost.EdgeHost.connect(endpoint="/tmp/" + "x" * 200)
        self.assertEqual("invalid_argument", raised.exception.code)


@unittest.skipUnless(ENDPOINT, "EDGEHOST_TEST_ENDPOINT names no host")
class AsyncTests(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self) -> None:
        self.host = await aio.EdgeHost.connect(endpoint=ENDPOINT, app="python-tests")
        self.addAsyncCleanup(self.host.close)

    async def test_many_at_once(self) -> None:
        answers = await asyncio.gather(*(self.host.call("conformance.echo", n=n) for n in range(1000)))
        self.assertEqual(list(range(1000)), [a["n"] for a in answers])

    async def test_task_cancelled(self) -> None:
        task = asyncio.ensure_future(self.host.call("conformance.wait"))
        await self.host.ping()
        task.cancel()
        with self.assertRaises(asyncio.CancelledError):
            await task
        self.assertEqual({}, await self.host.call("conformance.echo"))

    async def test_stream(self) -> None:
        async with self.host.stream("conformance.count", to=100) as items:
            self.assertEqual(list(range(1, 101)), [item["n"] async for item in items])

    async def test_error_after_items(self) -> None:
        seen = []
        with self.assertRaises(EdgeHostError) as raised:
            async for item in self.host.stream("conformance.count", to=5, fail_after=2):
                seen.append(item["n"])
        self.assertEqual(([1, 2], "aborted"), (seen, raised.exception.code))

    @unittest.skipUnless("streams" in OFFERS, "this host takes no pushes yet")
    async def test_duplex(self) -> None:
        async with self.host.open("conformance.double") as call:
            await call.push({"n": 4})
            self.assertEqual({"n": 8}, await call.__anext__())
            await call.end()
            self.assertEqual(1, (await call.response())["count"])

    @unittest.skipUnless("streams" in OFFERS, "this host takes no pushes yet")
    async def test_items_that_fail_stop_the_call(self) -> None:
        def numbers():  # type: ignore[no-untyped-def]
            yield {"n": 1}
            raise KeyError("microphone")

        with self.assertRaises(KeyError):
            async for _ in self.host.duplex("conformance.double", numbers()):
                pass


if __name__ == "__main__":
    unittest.main()
