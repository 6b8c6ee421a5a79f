using System.Buffers.Binary;
using EdgeHost.Protocol.Frames;
using EdgeHost.Protocol.Regions;
using EdgeHost.Runtime.Dispatch;
using EdgeHost.Serialization;

namespace EdgeHost.Ipc.Regions;

/// <summary>
/// The regions that one call uses, held from its frame to its response, whatever becomes of them meanwhile. Its references were checked when it
/// arrived; those that are followed later are checked again, since they come from a handler. Following is thread-safe; the call alone holds and releases.
/// </summary>
/// <param name="buffers">Where a copy of the whole body comes from; null for a new one.</param>
internal sealed class CallReferences(LargeBufferPool? buffers) : IBodyReferences
{
    private readonly List<SharedRegion> _regions = [];
    private byte[]? _inlined;
    private int _inlinedLength;

    /// <summary>Holds a region once, however often it is referred to.</summary>
    public void Hold(SharedRegion region)
    {
        if (!_regions.Contains(region) && region.TryHold()) _regions.Add(region);
    }

    /// <inheritdoc/>
    public bool TryResolve(ReadOnlySpan<byte> reference, out ReadOnlyMemory<byte> binary, out string? problem)
    {
        binary = default;
        if (!BinaryReference.TryRead(reference, out var place))
        {
            problem = WrongSize(reference.Length);
            return false;
        }

        if (Find(place.Region) is not { } region)
        {
            problem = $"refers to region {place.Region}, which the call did not name";
            return false;
        }

        if (!IsWithin(region, place, out problem)) return false;
        binary = Slice(region, place);
        return true;
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Inline(ReadOnlyMemory<byte> body)
    {
        if (_inlined is not null) return _inlined.AsMemory(0, _inlinedLength);
        var length = _inlinedLength = InlinedLength(body.Span);
        _inlined = buffers?.Rent(length) ?? GC.AllocateUninitializedArray<byte>(length);
        var target = _inlined.AsSpan(0, length);
        var copied = 0;
        var walker = new ReferenceWalker(body.Span);
        while (walker.MoveNext())
        {
            target = Append(target, body.Span[copied..walker.Start]);
            target = target[WriteHeader(target, walker.Reference.Length)..];
            target = Append(target, Bytes(walker.Reference).Span);
            copied = walker.End;
        }

        Append(target, body.Span[copied..]);
        return _inlined.AsMemory(0, length);
    }

    /// <summary>
    /// The body with the bytes in place of the references, in pieces and without a copy: to compare it with another, or to hash it.
    /// It is the same whether the bytes came as references or in the shortest binary form.
    /// </summary>
    public IEnumerable<ReadOnlyMemory<byte>> Pieces(ReadOnlyMemory<byte> body)
    {
        var copied = 0;
        foreach (var (start, end, reference) in Places(body.Span))
        {
            var header = new byte[5];
            yield return body[copied..start];
            yield return header.AsMemory(0, WriteHeader(header, reference.Length));
            yield return Bytes(reference);
            copied = end;
        }

        yield return body[copied..];
    }

    /// <summary>Ends the holds. Call once, when nothing of the call refers to the bytes any more.</summary>
    public void Release()
    {
        foreach (var region in _regions)
        {
            region.Release();
        }

        _regions.Clear();
        if (_inlined is { } inlined) buffers?.Return(inlined);
        _inlined = null;
    }

    /// <summary>Whether a reference lies within its region.</summary>
    public static bool IsWithin(SharedRegion region, in BinaryReference place, out string? problem)
    {
        var size = (ulong)region.Bytes;
        if (place.Length <= size && place.Offset <= size - place.Length)
        {
            problem = null;
            return true;
        }

        problem = $"refers to {place.Length} bytes at {place.Offset} of region {region.Id}, which has {size}";
        return false;
    }

    /// <summary>The bytes of a reference that is within its region.</summary>
    public static ReadOnlyMemory<byte> Slice(SharedRegion region, in BinaryReference place)
        => region.Memory.Slice((int)place.Offset, (int)place.Length);

    /// <summary>What is wrong with a payload of another size.</summary>
    public static string WrongSize(int bytes) => $"is a reference of {bytes} bytes; references have {BinaryReference.PayloadBytes}";

    private static List<(int Start, int End, BinaryReference Reference)> Places(ReadOnlySpan<byte> body)
    {
        var places = new List<(int, int, BinaryReference)>();
        var walker = new ReferenceWalker(body);
        while (walker.MoveNext())
        {
            places.Add((walker.Start, walker.End, walker.Reference));
        }

        return places;
    }

    private static int InlinedLength(ReadOnlySpan<byte> body)
    {
        long length = body.Length;
        Span<byte> header = stackalloc byte[5];
        var walker = new ReferenceWalker(body);
        while (walker.MoveNext())
        {
            length += WriteHeader(header, walker.Reference.Length) + walker.Reference.Length - (walker.End - walker.Start);
        }

        return checked((int)length);
    }

    private static int WriteHeader(Span<byte> target, uint length)
    {
        if (length <= byte.MaxValue)
        {
            target[0] = 0xc4;
            target[1] = (byte)length;
            return 2;
        }

        if (length <= ushort.MaxValue)
        {
            target[0] = 0xc5;
            BinaryPrimitives.WriteUInt16BigEndian(target[1..], (ushort)length);
            return 3;
        }

        target[0] = 0xc6;
        BinaryPrimitives.WriteUInt32BigEndian(target[1..], length);
        return 5;
    }

    private static Span<byte> Append(Span<byte> target, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(target);
        return target[bytes.Length..];
    }

    private ReadOnlyMemory<byte> Bytes(in BinaryReference place)
        => Slice(Find(place.Region) ?? throw new InvalidOperationException("The reference was not checked."), place);

    private SharedRegion? Find(uint id)
    {
        foreach (var region in _regions)
        {
            if (region.Id == id) return region;
        }

        return null;
    }
}
