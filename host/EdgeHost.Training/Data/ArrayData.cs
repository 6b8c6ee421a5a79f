using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using EdgeHost.Training.Steps;

namespace EdgeHost.Training.Data;

/// <summary>Examples in memory, an array for each input. The arrays are kept, not copied, and must not change. Not thread-safe.</summary>
public sealed class ArrayData : ITrainingData
{
    private readonly Dictionary<string, float[]> _floats = [];
    private readonly Dictionary<string, long[]> _integers = [];
    private string? _hash;

    /// <summary>Creates an empty set of that many examples.</summary>
    /// <param name="count">At least 1.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: there is no example.</exception>
    public ArrayData(int count)
        => Count = count >= 1 ? count : throw new EdgeHostException(ErrorCode.InvalidArgument, "There are no examples; training wants at least one.");

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public string Hash => _hash ??= ComputeHash();

    /// <summary>Gives an input its numbers, example by example.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: their number is no multiple of the examples'.</exception>
    public ArrayData Add(string input, float[] values)
    {
        Check(input, values.Length);
        _floats[input] = values;
        _hash = null;
        return this;
    }

    /// <summary>Gives an input its ids or labels, example by example.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: their number is no multiple of the examples'.</exception>
    public ArrayData Add(string input, long[] values)
    {
        Check(input, values.Length);
        _integers[input] = values;
        _hash = null;
        return this;
    }

    /// <inheritdoc/>
    public void Fill(ReadOnlySpan<int> examples, BatchBuffers batch)
    {
        foreach (var input in batch.Inputs)
        {
            if (input.Type == ElementType.Float32) Copy(input.Name, _floats, examples, batch.Floats(input.Name));
            else Copy(input.Name, _integers, examples, batch.Integers(input.Name));
        }
    }

    private void Copy<T>(string input, Dictionary<string, T[]> arrays, ReadOnlySpan<int> examples, Span<T> target)
    {
        if (!arrays.TryGetValue(input, out var values)) throw new EdgeHostException(ErrorCode.InvalidArgument, $"The network's input '{input}' of {typeof(T).Name} is not in the data.");
        var row = values.Length / Count;
        if (row * examples.Length != target.Length)
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"The network's input '{input}' takes {target.Length / examples.Length} values an example, and the data has {row}.");
        }

        for (var i = 0; i < examples.Length; i++) values.AsSpan(examples[i] * row, row).CopyTo(target[(i * row)..]);
    }

    private void Check(string input, int length)
    {
        if (length == 0 || length % Count != 0) throw new EdgeHostException(ErrorCode.InvalidArgument, $"'{input}' has {length} values for {Count} examples; each must have as many.");
    }

    private string ComputeHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, values) in _floats.OrderBy(pair => pair.Key, StringComparer.Ordinal)) Append(hash, name, MemoryMarshal.AsBytes<float>(values));
        foreach (var (name, values) in _integers.OrderBy(pair => pair.Key, StringComparer.Ordinal)) Append(hash, name, MemoryMarshal.AsBytes<long>(values));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private void Append(IncrementalHash hash, string name, ReadOnlySpan<byte> values)
    {
        hash.AppendData(Encoding.UTF8.GetBytes($"{name}:{Count}:{values.Length}\n"));
        hash.AppendData(values);
    }
}
