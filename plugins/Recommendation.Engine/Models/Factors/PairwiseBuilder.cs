using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Numerics;

namespace EdgeHost.Plugins.Recommendation.Engine.Models.Factors;

/// <summary>
/// Bayesian personalised ranking (Rendle et al., UAI 2009) of users that are sums of their items' vectors (Kabbur, Ning, Karypis: FISM, KDD 2013), by stochastic gradients with Adagrad. An item's
/// own vector is left out of the user's when the item itself is learned. One thread, so that a seed gives the same bits.
/// </summary>
internal static class PairwiseBuilder
{
    private const double StartSpread = 0.1;
    private const int MostTries = 16;

    public static PairwiseScorer Build(Snapshot snapshot, PairwiseOptions options, CancellationToken cancellationToken)
    {
        var itemCount = snapshot.Catalogue.Count;
        var width = options.Width;
        var state = new State(itemCount, width, (float)options.LearningRate, (float)options.Penalty);
        var columns = snapshot.Columns;
        for (var item = 0; item < itemCount; item++)
        {
            if (columns.CountOf(item) == 0) continue;
            var numbers = new SeededNumbers(SeededNumbers.SeedOf(options.Seed, snapshot.Catalogue.Ids[item]));
            for (var i = 0; i < width; i++)
            {
                state.Sources[(item * width) + i] = (float)(numbers.NextNormal() * StartSpread);
                state.Targets[(item * (width + 1)) + i] = (float)(numbers.NextNormal() * StartSpread);
            }
        }

        var candidates = columns.MostFrequent(itemCount);
        Array.Sort(candidates);
        var random = new SeededNumbers(options.Seed);
        var order = Enumerable.Range(0, snapshot.Users.Count).ToArray();
        var met = new ItemSet(itemCount);
        var epochs = options.EpochsOf(snapshot.InteractionCount);
        for (var epoch = 0; epoch < epochs && candidates.Length > 1; epoch++)
        {
            random.Shuffle<int>(order);
            foreach (var user in order)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var history = snapshot.Histories[user];
                foreach (var item in history.Items) met.Add(item);
                Learn(state, history, candidates, met, options.Negatives, random);
                foreach (var item in history.Items) met.Remove(item);
            }
        }

        return new PairwiseScorer(FactorTable.Create(state.Targets, itemCount, width + 1), FactorTable.Create(state.Sources, itemCount, width), options.Decay);
    }

    private static void Learn(State state, UserHistory history, int[] candidates, ItemSet met, int negatives, SeededNumbers random)
    {
        var positive = new List<int>(history.Count);
        for (var i = 0; i < history.Count; i++)
        {
            if (history.Values[i] > 0) positive.Add(history.Items[i]);
        }

        if (positive.Count == 0) return;
        var width = state.Width;
        var scale = 1 / MathF.Sqrt(Math.Max(1, positive.Count - 1));
        var sum = new float[width];
        foreach (var item in positive) VectorMath.AddScaled(state.Source(item), 1, sum);
        var user = new float[width + 1];
        var all = new float[width];
        var own = new float[positive.Count * width];
        for (var place = 0; place < positive.Count; place++)
        {
            var item = positive[place];
            for (var i = 0; i < width; i++) user[i] = (sum[i] - state.Source(item)[i]) * scale;
            user[width] = 1;
            for (var n = 0; n < negatives; n++)
            {
                if (Draw(candidates, met, random) is not { } other) continue;
                var difference = VectorMath.Dot(user, state.Target(item)) - VectorMath.Dot(user, state.Target(other));
                var slope = 1 / (1 + MathF.Exp(difference));
                var part = own.AsSpan(place * width, width);
                VectorMath.AddScaled(state.Target(item)[..width], slope * scale, part);
                VectorMath.AddScaled(state.Target(other)[..width], -slope * scale, part);
                state.StepTarget(item, user, slope);
                state.StepTarget(other, user, -slope);
            }

            VectorMath.AddScaled(own.AsSpan(place * width, width), 1, all);
        }

        // Every item of the user was part of the vectors that the others were learned with.
        for (var place = 0; place < positive.Count; place++) state.StepSource(positive[place], all, own.AsSpan(place * width, width));
    }

    private static int? Draw(int[] candidates, ItemSet met, SeededNumbers random)
    {
        for (var i = 0; i < MostTries; i++)
        {
            var item = candidates[random.NextInt(candidates.Length)];
            if (!met.Contains(item)) return item;
        }

        return null;
    }

    private sealed class State(int itemCount, int width, float rate, float penalty)
    {
        private const float Smallest = 1e-6f;

        private readonly float[] _targetSquares = new float[itemCount * (width + 1)];
        private readonly float[] _sourceSquares = new float[itemCount * width];

        public int Width => width;

        public float[] Targets { get; } = new float[itemCount * (width + 1)];

        public float[] Sources { get; } = new float[itemCount * width];

        public ReadOnlySpan<float> Target(int item) => Targets.AsSpan(item * (width + 1), width + 1);

        public ReadOnlySpan<float> Source(int item) => Sources.AsSpan(item * width, width);

        public void StepTarget(int item, ReadOnlySpan<float> user, float slope)
        {
            Span<float> gradient = stackalloc float[user.Length];
            TensorPrimitives.Multiply(user, slope, gradient);
            Step(Targets.AsSpan(item * (width + 1), width + 1), _targetSquares.AsSpan(item * (width + 1), width + 1), gradient);
        }

        public void StepSource(int item, ReadOnlySpan<float> all, ReadOnlySpan<float> own)
        {
            Span<float> gradient = stackalloc float[width];
            TensorPrimitives.Subtract(all, own, gradient);
            Step(Sources.AsSpan(item * width, width), _sourceSquares.AsSpan(item * width, width), gradient);
        }

        // Adagrad: most of the time of a build, so several numbers at once.
        private void Step(Span<float> values, Span<float> squares, ReadOnlySpan<float> gradient)
        {
            var whole = values.Length - (values.Length % Vector<float>.Count);
            var wideValues = MemoryMarshal.Cast<float, Vector<float>>(values[..whole]);
            var wideSquares = MemoryMarshal.Cast<float, Vector<float>>(squares[..whole]);
            var wideGradient = MemoryMarshal.Cast<float, Vector<float>>(gradient[..whole]);
            for (var i = 0; i < wideValues.Length && i < wideSquares.Length && i < wideGradient.Length; i++)
            {
                var step = wideGradient[i] - (wideValues[i] * penalty);
                wideSquares[i] += step * step;
                wideValues[i] += rate * step / (Vector.SquareRoot(wideSquares[i]) + new Vector<float>(Smallest));
            }

            for (var i = whole; i < values.Length; i++)
            {
                var step = gradient[i] - (penalty * values[i]);
                squares[i] += step * step;
                values[i] += rate * step / (MathF.Sqrt(squares[i]) + Smallest);
            }
        }
    }
}
