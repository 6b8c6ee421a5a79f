using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Numerics;

namespace EdgeHost.Plugins.Recommendation.Engine.Models.Factors;

/// <summary>
/// Implicit alternating least squares (Hu, Koren, Volinsky, ICDM 2008) with the penalty of Rendle, Krichene, Zhang, Koren ("Revisiting the Performance of iALS", RecSys 2022): in proportion to
/// a user's or item's events and unobserved pairs. Those with few events are solved by <see cref="FewEquations"/>. Starts from numbers of the seed and the item's id, so that other items do not change them.
/// </summary>
internal static class FactorBuilder
{
    private const double StartSpread = 0.1;

    public static FactorScorer Build(Snapshot snapshot, FactorOptions options, int threads, CancellationToken cancellationToken)
    {
        var columns = snapshot.Columns;
        var (width, itemCount, userCount) = (options.Width, columns.ItemCount, snapshot.Users.Count);
        var items = new float[itemCount * width];
        var active = 0;
        for (var item = 0; item < itemCount; item++)
        {
            if (columns.CountOf(item) == 0) continue;
            active++;
            var numbers = new SeededNumbers(SeededNumbers.SeedOf(options.Seed, snapshot.Catalogue.Ids[item]));
            for (var i = 0; i < width; i++) items[(item * width) + i] = (float)(numbers.NextNormal() * StartSpread / Math.Sqrt(width));
        }

        var users = new float[userCount * width];
        var gram = new float[width * width];
        for (var sweep = 0; sweep < options.Sweeps; sweep++)
        {
            Gram(items, width, gram);
            Solve(new Side(users, items, userCount, active, user => snapshot.Histories[user].Items, user => snapshot.Histories[user].Values), options, gram, threads, cancellationToken);
            Gram(users, width, gram);
            Solve(new Side(items, users, itemCount, userCount, columns.UsersOf, columns.ValuesOf), options, gram, threads, cancellationToken);
        }

        Gram(items, width, gram);
        return new FactorScorer(FactorTable.Create(items, itemCount, width), gram, options.UnobservedWeight, options.Penalty, options.Decay);
    }

    private static void Solve(Side side, FactorOptions options, float[] gram, int threads, CancellationToken cancellationToken)
    {
        var width = options.Width;
        double PenaltyOf(int events) => options.Penalty * (events + (options.UnobservedWeight * side.OtherCount));
        var inverses = Enumerable.Range(0, FewEquations.MostOf(width) + 1).Select(events => new Lazy<float[]?>(() => FewEquations.Invert(gram, options.UnobservedWeight, PenaltyOf(events), width))).ToArray();

        // Each vector depends on the other side alone, so the result is the same on any number of threads.
        Parallel.For(
            0,
            side.Count,
            new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads), CancellationToken = cancellationToken },
            () => (All: new NormalEquations(width), Few: new FewEquations(width)),
            (number, _, equations) =>
            {
                var solution = side.Vectors.AsSpan(number * width, width);
                var others = side.Others(number);
                var weights = side.Weights(number);
                var events = 0;
                foreach (var weight in weights) events += weight > 0 ? 1 : 0;
                var isSolved = events switch
                {
                    0 => false,
                    _ when events < inverses.Length => SolveFew(equations.Few, side.OtherVectors, others, weights, inverses[events].Value, solution),
                    _ => SolveAll(equations.All, side.OtherVectors, others, weights, gram, options.UnobservedWeight, PenaltyOf(events), solution),
                };
                if (!isSolved) solution.Clear();
                return equations;
            },
            static _ => { });
    }

    private static bool SolveFew(FewEquations equations, float[] vectors, ReadOnlySpan<int> others, ReadOnlySpan<float> weights, float[]? inverse, Span<float> solution)
    {
        if (inverse is null) return false;
        equations.Start();
        for (var i = 0; i < others.Length; i++)
        {
            if (weights[i] > 0) equations.Add(vectors.AsSpan(others[i] * solution.Length, solution.Length), weights[i]);
        }

        return equations.Solve(inverse, solution);
    }

    private static bool SolveAll(
        NormalEquations equations, float[] vectors, ReadOnlySpan<int> others, ReadOnlySpan<float> weights, float[] gram, double unobserved, double penalty, Span<float> solution)
    {
        solution.Clear();
        equations.Start(gram, unobserved);
        for (var i = 0; i < others.Length; i++)
        {
            if (weights[i] <= 0) continue;
            var vector = vectors.AsSpan(others[i] * solution.Length, solution.Length);
            equations.Add(vector, weights[i]);
            VectorMath.AddScaled(vector, weights[i], solution);
        }

        if (!equations.Factor(penalty)) return false;
        PositiveDefinite.Solve(equations.Matrix, solution.Length, solution);
        return true;
    }

    private static void Gram(float[] vectors, int width, float[] gram)
    {
        Array.Clear(gram);
        for (var start = 0; start < vectors.Length; start += width)
        {
            var vector = vectors.AsSpan(start, width);
            for (var i = 0; i < width; i++)
            {
                if (vector[i] != 0) VectorMath.AddScaled(vector, vector[i], gram.AsSpan(i * width, width));
            }
        }
    }

    /// <summary>Vectors that are solved, and what they are solved of.</summary>
    private sealed record Side(float[] Vectors, float[] OtherVectors, int Count, int OtherCount, Others Others, Weights Weights);

    private delegate ReadOnlySpan<int> Others(int number);

    private delegate ReadOnlySpan<float> Weights(int number);
}
