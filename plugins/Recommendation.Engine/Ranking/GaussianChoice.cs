namespace EdgeHost.Plugins.Recommendation.Engine.Ranking;

/// <summary>
/// The probability that one of several independent normal draws is the largest: ∫ φ(x; i) Π Φ(x; j) dx over the other j, by the trapezoid rule over six deviations either side, which for such smooth
/// integrands is exact to about six digits.
/// </summary>
internal static class GaussianChoice
{
    private const int Steps = 128;
    private const double Reach = 6;
    private const double Negligible = 1e-12;

    public static double ProbabilityOf(int chosen, ReadOnlySpan<double> means, ReadOnlySpan<double> deviations)
    {
        var sum = 0.0;
        var weights = 0.0;
        for (var step = 0; step <= Steps; step++)
        {
            var z = Reach * ((2.0 * step / Steps) - 1);
            var density = Math.Exp(-z * z / 2);
            weights += density;
            if (density < Negligible) continue;
            var x = means[chosen] + (deviations[chosen] * z);
            var product = density;
            for (var other = 0; other < means.Length && product > Negligible * density; other++)
            {
                if (other != chosen) product *= Cumulative((x - means[other]) / deviations[other]);
            }

            sum += product;
        }

        return sum / weights;
    }

    /// <summary>The normal distribution function: erfc by Chebyshev's fit of Numerical Recipes (3rd edition, 6.2.2), off by at most 1.2e-7 of the value.</summary>
    internal static double Cumulative(double x)
    {
        var z = Math.Abs(x) / Math.Sqrt(2);
        var t = 1 / (1 + (0.5 * z));
        var power = -1.26551223 + (t * (1.00002368 + (t * (0.37409196 + (t * (0.09678418 + (t * (-0.18628806 + (t * (0.27886807 + (t * (-1.13520398 + (t * (1.48851587 + (t * (-0.82215223 + (t * 0.17087277)))))))))))))))));
        var tail = 0.5 * t * Math.Exp((-z * z) + power);
        return x >= 0 ? 1 - tail : tail;
    }
}
