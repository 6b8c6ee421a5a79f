using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Models.Factors;
using EdgeHost.Plugins.Recommendation.Engine.Networks;
using EdgeHost.Plugins.Recommendation.Engine.Numerics;

namespace EdgeHost.Plugins.Recommendation.Engine.Models.Towers;

/// <summary>
/// Two towers (Covington, Adams, Sargin: Deep neural networks for YouTube recommendations, RecSys 2016): one makes a vector of a user's items, the other one of an item, and their product is how well
/// they match. Trained by softmax against items drawn evenly. Whoever trains sees to it that the same snapshot gives the same bits.
/// </summary>
internal static class TowerBuilder
{
    /// <summary>Trains towers.</summary>
    /// <param name="snapshot">What users did.</param>
    /// <param name="options">How.</param>
    /// <param name="trainer">Trains.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="EdgeHostException">As <see cref="INetworkTrainer.TrainAsync"/> says; <see cref="ErrorCode.FailedPrecondition"/>: no user met two items.</exception>
    public static async ValueTask<ItemScorer> BuildAsync(Snapshot snapshot, TowerOptions options, INetworkTrainer trainer, CancellationToken cancellationToken)
    {
        var learnt = snapshot.Columns.MostFrequent(options.MaxItems);
        Array.Sort(learnt);
        var rowOf = new int[snapshot.Catalogue.Count];
        for (var i = 0; i < learnt.Length; i++) rowOf[learnt[i]] = i + 1;
        var examples = TowerExamples.Draw(snapshot, rowOf, learnt.Length, options, cancellationToken);
        if (examples.Count == 0) throw new EdgeHostException(ErrorCode.FailedPrecondition, "Towers learn from users who met two items or more; there is none.");
        var features = new TowerFeatures(snapshot.Catalogue, options, cancellationToken);
        var table = new float[(learnt.Length + 1) * features.Width];
        for (var i = 0; i < learnt.Length; i++) features.Write(learnt[i], table.AsSpan((i + 1) * features.Width, features.Width));
        var parameters = await trainer.TrainAsync(TowerNetwork.TaskOf(examples, table, learnt.Length + 1, options), cancellationToken).ConfigureAwait(false);
        return Scorer(snapshot, options, features, rowOf, learnt, parameters, cancellationToken);
    }

    private static TowerScorer Scorer(
        Snapshot snapshot, TowerOptions options, TowerFeatures features, int[] rowOf, int[] learnt, IReadOnlyDictionary<string, ReadOnlyMemory<float>> parameters, CancellationToken cancellationToken)
    {
        var (count, width) = (snapshot.Catalogue.Count, options.Width);
        var sources = parameters["source/weight"].Span;
        var targets = parameters["target_id/weight"].Span;
        var biases = parameters["bias/weight"].Span;
        var sourceTurn = features.Width > 0 ? parameters["source_features/weight"].Span : [];
        var targetTurn = features.Width > 0 ? parameters["target_id_features/weight"].Span : [];
        var least = float.PositiveInfinity;
        foreach (var item in learnt) least = Math.Min(least, biases[rowOf[item]]);
        var (from, to) = (new float[count * width], new float[count * (width + 1)]);
        var known = new float[features.Width];
        var left = options.MaxVectors - learnt.Length;
        for (var item = 0; item < count; item++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var row = rowOf[item];
            if (row == 0 && left <= 0) continue;
            if (!features.Write(item, known) && row == 0) continue;
            if (row == 0) left--;
            var source = from.AsSpan(item * width, width);
            var target = to.AsSpan(item * (width + 1), width + 1);
            if (row > 0) sources.Slice(row * width, width).CopyTo(source);
            targets.Slice(row * width, width).CopyTo(target);

            // What nobody met yet is taken for as little popular as the least of what somebody met.
            target[width] = row > 0 ? biases[row] : least;
            for (var i = 0; i < known.Length; i++)
            {
                VectorMath.AddScaled(sourceTurn.Slice(i * width, width), known[i], source);
                VectorMath.AddScaled(targetTurn.Slice(i * width, width), known[i], target[..width]);
            }
        }

        return new TowerScorer(
            FactorTable.Create(to, count, width + 1), FactorTable.Create(from, count, width), new UserTower(parameters["hidden/weight"].ToArray(), parameters["turned/weight"].ToArray(), width), options.Decay);
    }
}
