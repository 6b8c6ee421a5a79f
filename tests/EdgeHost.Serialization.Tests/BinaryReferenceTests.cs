using MessagePack;

namespace EdgeHost.Serialization.Tests;

public class BinaryReferenceTests
{
    private static readonly byte[] Shared = [.. Enumerable.Range(0, 200).Select(static i => (byte)i)];

    [Fact]
    public void WriteTo_Reference_IsBigEndianInTheDocumentedOrder()
    {
        var payload = new byte[16];

        new BinaryReference(0x01020304, 0x05060708090A0B0C, 0x0D0E0F10).WriteTo(payload);

        Assert.Equal(Enumerable.Range(1, 16).Select(static i => (byte)i), payload);
        Assert.True(BinaryReference.TryRead(payload, out var read));
        Assert.Equal(new BinaryReference(0x01020304, 0x05060708090A0B0C, 0x0D0E0F10), read);
        Assert.False(BinaryReference.TryRead(payload.AsSpan(1), out _));
        Assert.False(BinaryReference.TryRead([.. payload, 0], out _));
    }

    [Fact]
    public void Deserialize_WithAResolver_TakesReferencesForBinaries()
    {
        var body = Pack.Bytes((ref MessagePackWriter writer) =>
        {
            writer.WriteMapHeader(4);
            writer.Write("blob");
            Refer(ref writer, 10, 20);
            writer.Write("octets");
            Refer(ref writer, 0, 3);
            writer.Write("maybe_blob");
            Refer(ref writer, 5, 0);
            writer.Write("blobs");
            writer.WriteArrayHeader(2);
            Refer(ref writer, 199, 1);
            writer.Write([7, 8]);
        });

        var message = WireMessageSerializer.Deserialize<Blobs>(body, new Resolver());

        Assert.Equal(Shared[10..30], message.Blob.ToArray());
        Assert.True(message.Blob.Span.Overlaps(Shared));
        Assert.Equal([0, 1, 2], message.Octets);
        Assert.Equal(0, message.MaybeBlob!.Value.Length);
        Assert.Equal([[199], [7, 8]], message.Many.Select(static blob => blob.ToArray()));
    }

    [Fact]
    public void Deserialize_WithoutAResolver_RefusesReferences()
    {
        var error = Pack.Refused<Blobs>(Pack.Pair("blob", static (ref MessagePackWriter writer) => Refer(ref writer, 0, 1)));

        Assert.Equal("Field 'blob' is an extension value; expected binary data.", error.Message);
    }

    [Fact]
    public void Deserialize_ReferenceThatLeadsNowhere_NamesTheFieldAndTheReason()
    {
        Assert.Equal("Field 'blob' leads nowhere at all.", Refused(static (ref MessagePackWriter writer) => Refer(ref writer, 1000, 1)).Message);
        Assert.Equal(
            "Field 'blob' is an extension value of type 2; expected binary data.",
            Refused(static (ref MessagePackWriter writer) => writer.WriteExtensionFormat(new ExtensionResult(2, new byte[16]))).Message);
    }

    [Fact]
    public void Deserialize_ReferenceBeyondTheLongestLength_IsRefused()
    {
        var body = Pack.Pair("small", static (ref MessagePackWriter writer) => Refer(ref writer, 0, 5));

        var error = Assert.Throws<EdgeHostException>(() => WireMessageSerializer.Deserialize<Limited>(body, new Resolver()));

        Assert.Equal("Field 'small' has 5 bytes, more than 4.", error.Message);
    }

    [Fact]
    public void Serialize_ToAWriterThatShares_WritesReferences()
    {
        var target = new SharingWriter();

        WireMessageSerializer.Serialize(new Blobs { Blob = new byte[50], Octets = [1] }, target);

        var expected = Pack.Bytes((ref MessagePackWriter writer) =>
        {
            writer.WriteMapHeader(3);
            writer.Write("blob");
            Refer(ref writer, 40, 50);
            writer.Write("octets");
            writer.Write([1]);
            writer.Write("blobs");
            writer.WriteArrayHeader(0);
        });
        Assert.Equal(expected, target.ToArray());
    }

    private static EdgeHostException Refused(Pack.Writing value)
        => Assert.Throws<EdgeHostException>(() => WireMessageSerializer.Deserialize<Blobs>(Pack.Pair("blob", value), new Resolver()));

    private static void Refer(ref MessagePackWriter writer, ulong offset, uint length)
    {
        var payload = new byte[16];
        new BinaryReference(3, offset, length).WriteTo(payload);
        writer.WriteExtensionFormat(new ExtensionResult(1, payload));
    }

    private sealed class Resolver : IBinaryResolver
    {
        public bool TryResolve(ReadOnlySpan<byte> reference, out ReadOnlyMemory<byte> binary, out string? problem)
        {
            Assert.True(BinaryReference.TryRead(reference, out var place));
            var isThere = place.Offset < 1000;
            problem = isThere ? null : "leads nowhere at all";
            binary = isThere ? Shared.AsMemory((int)place.Offset, (int)place.Length) : default;
            return isThere;
        }
    }

    private sealed class SharingWriter : IReferenceBufferWriter
    {
        private readonly ReferencingWriter _inner = new();

        public int ReferenceThresholdBytes => 16;

        public void AppendReference(ReadOnlyMemory<byte> block) => _inner.AppendReference(block);

        public bool TryShare(ReadOnlyMemory<byte> block, out BinaryReference reference)
        {
            reference = new BinaryReference(3, 40, (uint)block.Length);
            return true;
        }

        public void Advance(int count) => _inner.Advance(count);

        public Memory<byte> GetMemory(int sizeHint = 0) => _inner.GetMemory(sizeHint);

        public Span<byte> GetSpan(int sizeHint = 0) => _inner.GetSpan(sizeHint);

        public byte[] ToArray() => _inner.ToArray();
    }
}

[WireMessage]
public sealed partial class Blobs
{
    public ReadOnlyMemory<byte> Blob { get; init; }

    public byte[] Octets { get; init; } = [];

    public ReadOnlyMemory<byte>? MaybeBlob { get; init; }

    [WireField(Name = "blobs")]
    public IReadOnlyList<ReadOnlyMemory<byte>> Many { get; init; } = [];
}
