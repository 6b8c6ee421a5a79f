using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Numerics;

namespace EdgeHost.Plugins.Recommendation.Engine.Models.Factors;

/// <summary>
/// Implicit alternating least squares (Hu, Koren, Volinsky, ICDM 2008) with the penalty of Rendle, Krichene, Zhang, Koren ("Revisiting the Performance of iALS", RecSys 2022): in proportion to
/// a user's or item's events and unobserved pairs. Starts from numbers of the seed and the item's id, so that other items do not change them.
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
            Solve(userCount, options, active, gram, users, threads, (user, equations, right) =>
            {
                var history = snapshot.Histories[user];
                for (var i = 0; i < history.Count; i++)
                {
                    if (history.Values[i] > 0) Add(equations, right, items.AsSpan(history.Items[i] * width, width), history.Values[i]);
                }
            }, cancellationToken);
            Gram(users, width, gram);
            Solve(itemCount, options, userCount, gram, items, threads, (item, equations, right) =>
            {
                var (its, values) = (columns.UsersOf(item).ToArray(), columns.ValuesOf(item).ToArray());
                for (var i = 0; i < its.Length; i++) Add(equations, right, users.AsSpan(its[i] * width, width), values[i]);
            }, cancellationToken);
        }

        Gram(items, width, gram);
        return new FactorScorer(FactorTable.Create(items, itemCount, width), gram, options.UnobservedWeight, options.Penalty, options.Decay);
    }

    private static void Add(NormalEquations equations, Span<float> right, ReadOnlySpan<float> vector, float weight)
    {
        equations.Add(vector, weight);
        VectorMath.AddScaled(vector, weight, right);
    }

    private static void Solve(
        int count, FactorOptions options, int others, float[] gram, float[] vectors, int threads, Gatherer gather, CancellationToken cancellationToken)
    {
        // Each vector depends on the other side alone, so the result is the same on any number of threads.
        Parallel.For(
            0,
            count,
            new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads), CancellationToken = cancellationToken },
            () => new NormalEquations(options.Width),
            (number, _, equations) =>
            {
                var right = vectors.AsSpan(number * options.Width, options.Width);
                right.Clear();
                equations.Start(gram, options.UnobservedWeight);
                gather(number, equations, right);
                if (equations.Count > 0 && equations.Factor(options.Penalty * (equations.Count + (options.UnobservedWeight * others)))) PositiveDefinite.Solve(equations.Matrix, options.Width, right);
                else right.Clear();
                return equations;
            },
            static _ => { });
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

    private delegate void Gatherer(int number, NormalEquations equations, Span<float> right);
}
