using System.Numerics;

namespace EdgeHost.Plugins.Health.Signals.Filtering;

/// <summary>The latest samples of a signal, by their index in the whole of it.</summary>
internal sealed class SampleRing(int capacity)
{
    private readonly float[] _values = new float[BitOperations.RoundUpToPowerOf2((uint)capacity)];

    /// <summary>How many samples were appended, so the index after the newest.</summary>
    public long Count { get; private set; }

    /// <summary>The first index that is still kept.</summary>
    public long Oldest => Math.Max(0, Count - _values.Length);

    /// <summary>The sample of an index between <see cref="Oldest"/> and <see cref="Count"/>.</summary>
    public float this[long index] => _values[index & (_values.Length - 1)];

    /// <summary>The sample of an index, or zero where there is none.</summary>
    public float AtOrZero(long index) => index >= Oldest && index < Count ? this[index] : 0;

    public void Append(float value) => _values[Count++ & (_values.Length - 1)] = value;

    /// <summary>Begins anew at index 0.</summary>
    public void Clear() => Count = 0;

    public void Append(ReadOnlySpan<float> values)
    {
        foreach (var value in values) Append(value);
    }
}
