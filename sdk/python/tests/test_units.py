import mmap
import random
import unittest

import msgpack

from edgehost import CallOptions, EdgeHostError, Reconnect
from edgehost._codec import Decoder, encode
from edgehost._endpoint import check_app_name
from edgehost._options import merge_fields
from edgehost._regions import Region


class ErrorTests(unittest.TestCase):
    def test_map_is_read(self) -> None:
        error = EdgeHostError.from_wire({"code": "resource_exhausted", "message": "Full.", "retry_after_ms": 250, "details": {"queue": "cpu", "n": 1}})

        self.assertEqual(("resource_exhausted", "Full.", 250, {"queue": "cpu"}), (error.code, error.message, error.retry_after_ms, error.details))
        self.assertTrue(error.is_transient)

    def test_whatever_else_becomes_internal(self) -> None:
        for wire in (None, 7, [], {}, {"code": 5}, {"code": "later", "message": []}, "text"):
            self.assertEqual("internal", EdgeHostError.from_wire(wire).code, wire)


class OptionTests(unittest.TestCase):
    def test_defaults_send_nothing(self) -> None:
        self.assertEqual({}, CallOptions().to_wire())

    def test_deadline_is_rounded_up(self) -> None:
        self.assertEqual({"deadline_ms": 2}, CallOptions(deadline=0.0011).to_wire())

    def test_unknown_priority_is_refused(self) -> None:
        with self.assertRaises(ValueError):
            CallOptions(priority="urgent")

    def test_fields_go_over_the_body(self) -> None:
        self.assertEqual({"a": 2, "b": 1}, merge_fields({"a": 1, "b": 1}, {"a": 2}))
        with self.assertRaises(EdgeHostError):
            merge_fields([1], {})  # type: ignore[arg-type]

    def test_app_names(self) -> None:
        self.assertEqual("my.app-2_x", check_app_name("my.app-2_x"))
        for name in ("", "My App", "x" * 129, "ä"):
            with self.assertRaises(ValueError):
                check_app_name(name)

    def test_delays_grow_to_the_longest(self) -> None:
        delays = Reconnect(first_delay=0.1, longest_delay=0.4).delays()
        for nominal in (0.1, 0.2, 0.4, 0.4):
            delay = delays.take()
            self.assertTrue(nominal * 0.75 <= delay <= nominal * 1.25, (nominal, delay))
        self.assertEqual(9.0, delays.take(at_least=9.0))


class CodecTests(unittest.TestCase):
    def test_messages_survive_any_cut(self) -> None:
        rng = random.Random(20260101)
        for _ in range(300):
            messages = [[1, rng.randrange(1 << 32), None, {"b": rng.randbytes(rng.randrange(400)), "n": rng.random()}] for _ in range(rng.randrange(1, 6))]
            data = b"".join(encode(m) for m in messages)
            decoder, seen = Decoder(1 << 20), []
            while data:
                cut = rng.randrange(1, len(data) + 1)
                seen += decoder.feed(data[:cut])
                data = data[cut:]
            self.assertEqual(messages, seen)

    def test_what_is_no_message_is_refused(self) -> None:
        for data in (b"\xc1", b"\x07", b"\x90", encode([0, 1, "m", []]), encode([1, -1, None, 1]), encode([2, 5, []]), encode([1, True, None, 1])):
            with self.assertRaises(EdgeHostError) as raised:
                list(Decoder(1 << 20).feed(data))
            self.assertEqual("unavailable", raised.exception.code)

    def test_random_bytes_do_no_harm(self) -> None:
        rng = random.Random(7)
        for _ in range(2000):
            try:
                list(Decoder(1 << 16).feed(rng.randbytes(rng.randrange(1, 200))))
            except EdgeHostError as e:
                self.assertEqual("unavailable", e.code)

    def test_claims_beyond_a_frame_are_refused_at_their_header(self) -> None:
        most = 1 << 20
        begin = bytes.fromhex("940101c0")
        for tag, width in ((0xC6, 4), (0xC9, 4), (0xDB, 4), (0xDD, 4), (0xDF, 4)):
            for claimed in (most, (1 << 32) - 1):
                header = bytes([tag]) + claimed.to_bytes(width, "big") + (b"\x05" if tag == 0xC9 else b"")
                for pieces in ([begin + header], [bytes([b]) for b in begin + header]):
                    decoder = Decoder(most)
                    with self.assertRaises(EdgeHostError, msg=hex(tag)) as raised:
                        for piece in pieces:
                            list(decoder.feed(piece))
                    self.assertEqual("unavailable", raised.exception.code)

    def test_frames_up_to_the_limit_pass_in_any_pieces(self) -> None:
        rng = random.Random(3)
        most = 1 << 16
        for _ in range(60):
            value = rng.choice([rng.randbytes(60_000), "x" * 60_000, [1.5] * 7000, {str(i): i for i in range(5000)}, msgpack.ExtType(5, bytes(60_000))])
            messages = [[1, 1, None, {"a": 1}], [1, 2, None, value], [1, 3, None, [value] if rng.random() < 0.5 else None]]
            data = b"".join(encode(m) for m in messages)
            decoder, seen = Decoder(most), []
            while data:
                cut = rng.choice([rng.randrange(1, 20), rng.randrange(1, 40_000)])
                seen += decoder.feed(data[:cut])
                data = data[cut:]
            self.assertEqual(messages, seen)

    def test_what_has_no_form_is_refused(self) -> None:
        recursive: list[object] = []
        recursive.append(recursive)
        for value in (object(), 1 << 70, recursive):
            with self.assertRaises(EdgeHostError) as raised:
                encode([0, 1, "m", [{"v": value}]])
            self.assertEqual("invalid_argument", raised.exception.code)


class RegionTests(unittest.TestCase):
    def test_places_never_overlap_and_all_come_back(self) -> None:
        rng = random.Random(11)
        size = 1 << 16
        region = Region(1, mmap.mmap(-1, size))
        taken: list[tuple[object, bytes]] = []
        for _ in range(2000):
            if taken and rng.random() < 0.5:
                slot, data = taken.pop(rng.randrange(len(taken)))
                self.assertEqual(data, region.memory[slot.offset : slot.offset + len(data)])  # type: ignore[attr-defined]
                slot.release()  # type: ignore[attr-defined]
                continue
            data = rng.randbytes(rng.randrange(1, 6000))
            slot = region.place(memoryview(data))
            if slot is not None:
                taken.append((slot, data))
        for slot, _ in taken:
            slot.release()  # type: ignore[attr-defined]
        whole = region.place(memoryview(bytes(size)))
        self.assertIsNotNone(whole)

    def test_place_on_the_wire(self) -> None:
        region = Region(7, mmap.mmap(-1, 4096))
        region.place(memoryview(bytes(64)))
        slot = region.place(memoryview(b"abc"))
        assert slot is not None
        self.assertEqual(msgpack.ExtType(1, bytes.fromhex("00000007" "0000000000000040" "00000003")), slot.to_wire(3))


if __name__ == "__main__":
    unittest.main()
