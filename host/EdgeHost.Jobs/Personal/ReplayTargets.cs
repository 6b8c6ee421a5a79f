using EdgeHost.Jobs.Specs;

namespace EdgeHost.Jobs.Personal;

/// <summary>
/// What is right of examples that are learned again: what the shipped version says of them, not what is true. A few hundred examples with their labels would teach a layer that has seen many thousands
/// nothing but their noise; with its own answers it stays as it is wherever the app's examples do not ask for something else. Each example stands several times, with labels in those shares.
/// </summary>
internal static class ReplayTargets
{
    /// <summary>How often each example stands.</summary>
    public const int Copies = 8;

    /// <summary>The labels of an example's copies: those at evenly spaced places of the shares laid end to end. Over many examples each label is there as often as the shares say, small ones too.</summary>
    /// <param name="shares">The shares, with the sum 1.</param>
    /// <param name="offset">Where the first place is between two, 0 to 1.</param>
    public static IEnumerable<int> LabelsOf(float[] shares, double offset)
    {
        var (label, end) = (0, (double)shares[0]);
        for (var copy = 0; copy < Copies; copy++)
        {
            while (label < shares.Length - 1 && (copy + offset) / Copies >= end) end += shares[++label];
            yield return label;
        }
    }

    /// <summary>The labels of all copies of each example; the example's own where the shipped version is no linear layer, whose answers are not known here.</summary>
    public static IEnumerable<(ReplayRow Row, int Label)> Of(PersonalBase shipped, JobSpec spec)
    {
        var head = LinearHead.TryRead(PersonalGraph.Read(shipped.Model.BaseGraphPath), spec.Shape.Inputs[0].Shape.ElementCount, spec.Shape.OutputShape.ElementCount);
        return shipped.Replay.SelectMany((row, index) => (head is null ? Enumerable.Repeat(row.Label, Copies) : LabelsOf(head.SharesOf(row.Features), OffsetOf(index))).Select(label => (row, label)));
    }

    // Multiples of the golden section lie evenly, however many there are.
    private static double OffsetOf(int index)
    {
        var place = index * 0.6180339887498949;
        return place - Math.Floor(place);
    }
}
