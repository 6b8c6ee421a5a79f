using EdgeHost.Training.Networks;

namespace EdgeHost.Training.Steps;

/// <summary>
/// Parameters and what the optimiser keeps, twice: a step reads one set and writes the other, since an update may run before another part
/// of the graph has read the old values. A step that failed is undone by not changing over. Not thread-safe.
/// </summary>
internal sealed class TrainingState
{
    // Smaller ones would become subnormal before the next time, and arithmetic on these is a hundred times slower.
    private const float Tiny = 1e-26f;
    private const int StepsBetweenFlushes = 256;

    private readonly AlignedBuffer<float>[] _sets;

    public TrainingState(ParameterLayout layout, ulong seed)
    {
        Layout = layout;
        _sets = [new AlignedBuffer<float>(layout.StateLength), new AlignedBuffer<float>(layout.StateLength)];
        foreach (var parameter in layout.Parameters) parameter.Initialisation.Fill(layout.Of(parameter, Current).Span, seed, parameter.Name);
    }

    public ParameterLayout Layout { get; }

    /// <summary>Steps done.</summary>
    public long Step { get; set; }

    /// <summary>Which set holds what is valid: 0 or 1.</summary>
    public int CurrentSet { get; private set; }

    public Memory<float> Current => Set(CurrentSet);

    public Memory<float> Set(int number) => _sets[number].Memory;

    public Span<float> Values(ParameterInfo parameter) => Layout.Of(parameter, Current).Span;

    /// <summary>Makes what the last run wrote the valid set.</summary>
    public void Accept()
    {
        CurrentSet ^= 1;
        Step++;
        if (Step % StepsBetweenFlushes == 0) FlushTiny(Current.Span[Layout.VectorLength..]);
    }

    private static void FlushTiny(Span<float> values)
    {
        foreach (ref var value in values)
        {
            if (MathF.Abs(value) < Tiny) value = 0;
        }
    }
}
