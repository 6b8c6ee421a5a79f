using System.Numerics.Tensors;
using EdgeHost.Plugins.Language.Generation.Caching;
using EdgeHost.Plugins.Language.Generation.Models;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Language.Generation.Decoding;

/// <summary>One run of a decoder over one or several texts: they read some of their tokens, as many each, and get the logits of what comes after the last of these (<see cref="TextSequence.Logits"/>). Thread-safe.</summary>
internal static class DecoderStep
{
    /// <summary>Runs it. The texts' caches are replaced when it has succeeded, and left as they were when not.</summary>
    /// <param name="graph">The model.</param>
    /// <param name="texts">The texts; several only where the model says how rows are filled up.</param>
    /// <param name="count">How many tokens each reads: one where they are several.</param>
    /// <param name="lease">Runs the step.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EdgeHostException">As <see cref="IModelLease.RunAsync"/> and <see cref="IModelLease.CreateValue"/> say.</exception>
    public static async ValueTask RunAsync(DecoderGraph graph, IReadOnlyList<TextSequence> texts, int count, IModelLease lease, CancellationToken cancellationToken)
    {
        var padsRight = graph.PadsRight ?? false;
        CacheRow?[] caches = [.. texts.Select(static text => text.Cache)];
        var past = CacheTensors.Join(graph, lease, caches, padsRight);
        var made = new List<ModelValue>();
        try
        {
            var inputs = Inputs(graph, texts, caches, past, count, padsRight, lease, made);
            var step = new ModelStep { Inputs = inputs, Outputs = ["logits", .. graph.Presents], MayRunOnCallingThread = true };
            using var result = await lease.RunAsync(step, cancellationToken).ConfigureAwait(false);
            ReadLogits(result[0], texts, graph.Vocabulary);
            Keep(result, texts, caches, past, count, padsRight);
        }
        finally
        {
            foreach (var value in made) value.Dispose();
            past.FreeIfUnused();
        }
    }

    private static List<NamedValue> Inputs(
        DecoderGraph graph, IReadOnlyList<TextSequence> texts, CacheRow?[] caches, CacheGroup past, int count, bool padsRight, IModelLease lease, List<ModelValue> made)
    {
        var inputs = new List<NamedValue>();
        var total = past.Total + count;
        Add("input_ids", graph.TokenType, new TensorShape(texts.Count, count), (row, column) => texts[row].Tokens[(caches[row]?.Length ?? 0) + column]);
        if (graph.PositionType is { } positions) Add("position_ids", positions, new TensorShape(texts.Count, count), (row, column) => (caches[row]?.Length ?? 0) + column);
        if (graph.MaskType is { } mask)
        {
            Add("attention_mask", mask, new TensorShape(texts.Count, total), (row, column) => IsSeen(row, column) ? 1 : 0);
        }

        if (graph.HasBranches)
        {
            var branch = Create(ElementType.Bool, new TensorShape(1));
            branch.AsSpan<bool>()[0] = past.Total > 0;
            inputs.Add(new NamedValue("use_cache_branch", branch));
        }

        if (graph.LogitsToKeep is { } keep)
        {
            var last = Create(ElementType.Int64, keep);
            last.AsSpan<long>()[0] = 1;
            inputs.Add(new NamedValue("num_logits_to_keep", last));
        }

        for (var i = 0; i < past.Values.Length; i++) inputs.Add(new NamedValue(graph.Pasts[i].Name, past.Values[i]));
        return inputs;

        // Rows that are filled up before what is known see the end of the row, the others its beginning.
        bool IsSeen(int row, int column)
        {
            var seen = (caches[row]?.Length ?? 0) + count;
            return padsRight ? column < seen : column >= total - seen;
        }

        ModelValue Create(ElementType type, TensorShape shape)
        {
            var value = lease.CreateValue(type, shape);
            made.Add(value);
            return value;
        }

        void Add(string name, ElementType type, TensorShape shape, Func<int, int, int> number)
        {
            var value = Create(type, shape);
            var columns = (int)shape[1];
            for (var row = 0; row < (int)shape[0]; row++)
            {
                for (var column = 0; column < columns; column++)
                {
                    if (type == ElementType.Int64) value.AsSpan<long>()[(row * columns) + column] = number(row, column);
                    else value.AsSpan<int>()[(row * columns) + column] = number(row, column);
                }
            }

            inputs.Add(new NamedValue(name, value));
        }
    }

    private static void ReadLogits(ModelValue logits, IReadOnlyList<TextSequence> texts, int vocabulary)
    {
        if (logits.Shape.Rank != 3 || logits.Shape[0] != texts.Count || logits.Shape[2] != vocabulary)
        {
            throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The model gave logits of {logits.Shape} for {texts.Count} rows and {vocabulary} tokens.");
        }

        var columns = (int)logits.Shape[1];
        for (var row = 0; row < texts.Count; row++)
        {
            var begin = ((row * columns) + columns - 1) * vocabulary;
            if (logits.ElementType == ElementType.Float32) logits.AsSpan<float>().Slice(begin, vocabulary).CopyTo(texts[row].Logits);
            else TensorPrimitives.ConvertToSingle(logits.AsSpan<Half>().Slice(begin, vocabulary), texts[row].Logits);
        }
    }

    private static void Keep(StepResult result, IReadOnlyList<TextSequence> texts, CacheRow?[] caches, CacheGroup past, int count, bool padsRight)
    {
        var total = (int)result[1].Shape[2];
        if (total != past.Total + count) throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The model gave caches of {result[1].Shape} for {past.Total} tokens and {count} more.");
        var values = new ModelValue[past.Values.Length];
        for (var i = 0; i < values.Length; i++) values[i] = result.Take(i + 1);
        var group = new CacheGroup(values, texts.Count, total);
        for (var row = 0; row < texts.Count; row++)
        {
            var length = (caches[row]?.Length ?? 0) + count;
            texts[row].Keep(group.Take(row, padsRight ? 0 : total - length, length));
        }
    }
}
