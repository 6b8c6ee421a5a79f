using EdgeHost.Plugins.Health.Signals.Filtering;

namespace EdgeHost.Plugins.Health.Signals.Rhythm;

/// <summary>
/// How much of the change of intervals is without memory: what a linear prediction from the four intervals before leaves of their variance. Breathing, beats that come early by a pattern and
/// Wenckebach's periods repeat and can be predicted; the intervals of atrial fibrillation cannot.
/// </summary>
internal static class IntervalPrediction
{
    private const int Before = 4;
    private const int Unknowns = Before + 1;
    private const int LeastPerUnknown = 3;

    // Beyond these times the median, an interval is a pause or an artefact, which would outweigh all others.
    private const double Shortest = 0.5;
    private const double Longest = 1.8;

    // Of the sum of squares, so that a pattern that repeats exactly has a solution.
    private const double Ridge = 1e-6;

    /// <summary>The share of the variance that is left, by degrees of freedom: about 1 for intervals without memory, 0 for those that repeat; 1 where there are too few.</summary>
    public static double Unpredictable(ReadOnlySpan<double> intervals)
    {
        var rows = intervals.Length - Before;
        if (rows < LeastPerUnknown * Unknowns) return 1;
        Span<double> values = stackalloc double[intervals.Length];
        intervals.CopyTo(values);
        values.Sort();
        var median = Order.MedianOfSorted(values);
        for (var i = 0; i < values.Length; i++) values[i] = Math.Clamp(intervals[i] / median, Shortest, Longest) - 1;

        Span<double> matrix = stackalloc double[Unknowns * (Unknowns + 1)];
        matrix.Clear();
        double sum = 0, squares = 0;
        Span<double> row = stackalloc double[Unknowns + 1];
        for (var at = Before; at < values.Length; at++)
        {
            row[0] = 1;
            for (var k = 1; k <= Before; k++) row[k] = values[at - k];
            row[Unknowns] = values[at];
            for (var i = 0; i < Unknowns; i++)
            {
                for (var j = 0; j <= Unknowns; j++) matrix[(i * (Unknowns + 1)) + j] += row[i] * row[j];
            }

            sum += values[at];
            squares += values[at] * values[at];
        }

        var total = squares - (sum * sum / rows);
        if (total <= 0) return 1;
        Span<double> right = stackalloc double[Unknowns];
        for (var i = 0; i < Unknowns; i++) right[i] = matrix[(i * (Unknowns + 1)) + Unknowns];
        Solve(matrix, Ridge * squares);
        var explained = 0.0;
        for (var i = 0; i < Unknowns; i++) explained += matrix[(i * (Unknowns + 1)) + Unknowns] * right[i];
        return Math.Clamp((squares - explained) / (rows - Unknowns) / (total / (rows - 1)), 0, 1);
    }

    // Gaussian elimination; the matrix is symmetric and, with the ridge, positive definite, so that no pivot has to be sought. The solution is left in the last column.
    private static void Solve(Span<double> matrix, double ridge)
    {
        const int width = Unknowns + 1;

        for (var i = 0; i < Unknowns; i++) matrix[(i * width) + i] += ridge;
        for (var pivot = 0; pivot < Unknowns; pivot++)
        {
            var scale = 1 / matrix[(pivot * width) + pivot];
            for (var j = pivot; j < width; j++) matrix[(pivot * width) + j] *= scale;
            for (var i = 0; i < Unknowns; i++)
            {
                if (i == pivot) continue;
                var factor = matrix[(i * width) + pivot];
                for (var j = pivot; j < width; j++) matrix[(i * width) + j] -= factor * matrix[(pivot * width) + j];
            }
        }
    }
}
