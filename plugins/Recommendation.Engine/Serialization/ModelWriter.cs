using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace EdgeHost.Plugins.Recommendation.Engine.Serialization;

/// <summary>Writes the parts of a model, little-endian, and the hash of everything at the end. Not thread-safe.</summary>
internal sealed class ModelWriter(Stream stream) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _filled;

    public void Dispose() => _hash.Dispose();

    public void Int(int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        Bytes(bytes);
    }

    public void Double(double value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        Bytes(bytes);
    }

    public void Text(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        Int(bytes.Length);
        Bytes(bytes);
    }

    public void Ints(ReadOnlySpan<int> values)
    {
        Int(values.Length);
        Bytes(MemoryMarshal.AsBytes(values));
    }

    public void Floats(ReadOnlySpan<float> values)
    {
        Int(values.Length);
        Bytes(MemoryMarshal.AsBytes(values));
    }

    public void SignedBytes(ReadOnlySpan<sbyte> values)
    {
        Int(values.Length);
        Bytes(MemoryMarshal.AsBytes(values));
    }

    public void Texts(ReadOnlySpan<string> values)
    {
        Int(values.Length);
        foreach (var value in values) Text(value);
    }

    /// <summary>Ends the file with its hash.</summary>
    public void Finish()
    {
        Flush();
        stream.Write(_hash.GetHashAndReset());
        stream.Flush();
    }

    private void Bytes(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (_filled == _buffer.Length) Flush();
            var part = Math.Min(bytes.Length, _buffer.Length - _filled);
            bytes[..part].CopyTo(_buffer.AsSpan(_filled));
            _filled += part;
            bytes = bytes[part..];
        }
    }

    private void Flush()
    {
        _hash.AppendData(_buffer, 0, _filled);
        stream.Write(_buffer, 0, _filled);
        _filled = 0;
    }
}
