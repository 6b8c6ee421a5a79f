using System.Buffers;

namespace EdgeHost.Serialization.Tests;

/// <summary>Joins what was copied and what was appended by reference, in order.</summary>
internal sealed class ReferencingWriter : IReferenceBufferWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new();

    public int References { get; private set; }

    /// <summary>Most room that was asked for at once.</summary>
    public int LargestHint { get; private set; }

    public int ReferenceThresholdBytes => 16;

    public void AppendReference(ReadOnlyMemory<byte> block)
    {
        References++;
        _buffer.Write(block.Span);
    }

    public void Advance(int count) => _buffer.Advance(count);

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        LargestHint = Math.Max(LargestHint, sizeHint);
        return _buffer.GetMemory(sizeHint);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        LargestHint = Math.Max(LargestHint, sizeHint);
        return _buffer.GetSpan(sizeHint);
    }

    public byte[] ToArray() => _buffer.WrittenSpan.ToArray();
}
