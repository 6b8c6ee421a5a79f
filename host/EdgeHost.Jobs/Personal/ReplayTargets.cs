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

    /// <summary>The labels of an example's copies, as many of each as its share asks for; the largest remainders are rounded up.</summary>
    /// <param name="shares">The shares, with the sum 1.</param>
    public static IEnumerable<int> LabelsOf(float[] shares)
    {
        var counts = Array.ConvertAll(shares, static share => (int)(share * Copies));
        var byRemainder = Enumerable.Range(0, shares.Length).OrderByDescending(place => (shares[place] * Copies) - counts[place]).ThenBy(static place => place).ToArray();
        for (var i = 0; counts.Sum() < Copies; i++) counts[byRemainder[i % byRemainder.Length]]++;
        return counts.SelectMany(static (count, place) => Enumerable.Repeat(place, count)).Take(Copies);
    }

    /// <summary>The labels of all copies of each example; the example's own where the shipped version is no linear layer, whose answers are not known here.</summary>
    public static IEnumerable<(ReplayRow Row, int Label)> Of(PersonalBase shipped, JobSpec spec)
    {
        var head = LinearHead.TryRead(PersonalGraph.Read(shipped.Model.BaseGraphPath), spec.Shape.Inputs[0].Shape.ElementCount, spec.Shape.OutputShape.ElementCount);
        return shipped.Replay.SelectMany(row => (head is null ? Enumerable.Repeat(row.Label, Copies) : LabelsOf(head.SharesOf(row.Features))).Select(label => (row, label)));
    }
}
