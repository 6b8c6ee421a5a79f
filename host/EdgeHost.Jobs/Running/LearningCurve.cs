using EdgeHost.Jobs.Storage;

namespace EdgeHost.Jobs.Running;

/// <summary>Adds points to a learning curve and keeps it short.</summary>
internal static class LearningCurve
{
    private const int MostPoints = 400;

    public static IReadOnlyList<CurvePoint> Add(IReadOnlyList<CurvePoint> curve, CurvePoint point)
    {
        // A run that went on from a checkpoint comes to the same steps again.
        List<CurvePoint> points = [.. curve.Where(known => known.Step < point.Step), point];
        if (points.Count <= MostPoints) return points;

        // Every other point goes, but none that was validated.
        return [.. points.Where((known, i) => i % 2 == 0 || known.ValidationLoss is not null || i == points.Count - 1)];
    }
}
