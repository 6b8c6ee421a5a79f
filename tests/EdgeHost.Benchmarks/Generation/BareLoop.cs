using System.Numerics.Tensors;
using EdgeHost.TestKit.Onnx.Decoders;
using Microsoft.ML.OnnxRuntime;

namespace EdgeHost.Benchmarks.Generation;

/// <summary>The least that writes one text with a decoder: the engine's session, caches that stay its own values, the likeliest token each time. What the host is measured against. Not thread-safe.</summary>
internal sealed class BareLoop : IDisposable
{
    private readonly InferenceSession _session;
    private readonly TinyShape _shape;
    private readonly RunOptions _options = new();
    private readonly string[] _inputs;
    private readonly string[] _outputs;

    public BareLoop(string graph, TinyShape shape)
    {
        _shape = shape;
        using var options = new SessionOptions { IntraOpNumThreads = Math.Max(1, Environment.ProcessorCount - 1), LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        _session = new InferenceSession(graph, options);
        _inputs = [.. _session.InputNames];
        _outputs = ["logits", .. _inputs.Where(static name => name.StartsWith("past", StringComparison.Ordinal)).Select(static name => name.Replace("past_key_values", "present", StringComparison.Ordinal))];
    }

    /// <summary>Goes on with a text.</summary>
    public List<int> Write(IReadOnlyList<int> prompt, int count)
    {
        var written = new List<int>();
        var caches = new List<OrtValue>();
        for (var i = 0; i < _shape.Layers * 2; i++) caches.Add(OrtValue.CreateTensorValueFromMemory(Array.Empty<float>(), [1, _shape.CacheHeads, 0, _shape.Width]));
        var read = 0;
        IReadOnlyList<int> next = prompt;
        while (written.Count < count)
        {
            var results = Step(next, read, caches);
            read += next.Count;
            var logits = results[0].GetTensorDataAsSpan<float>();
            var token = TensorPrimitives.IndexOfMax(logits.Slice((next.Count - 1) * _shape.Vocabulary, TinyFolder.Tokens));
            foreach (var cache in caches) cache.Dispose();
            caches = [.. results.Skip(1)];
            results[0].Dispose();
            written.Add(token);
            next = [token];
        }

        foreach (var cache in caches) cache.Dispose();
        return written;
    }

    public void Dispose()
    {
        _options.Dispose();
        _session.Dispose();
    }

    private IReadOnlyList<OrtValue> Step(IReadOnlyList<int> tokens, int read, List<OrtValue> caches)
    {
        using var ids = OrtValue.CreateTensorValueFromMemory([.. tokens.Select(static token => (long)token)], [1L, tokens.Count]);
        using var mask = OrtValue.CreateTensorValueFromMemory(Enumerable.Repeat(1L, read + tokens.Count).ToArray(), [1L, read + tokens.Count]);
        using var positions = OrtValue.CreateTensorValueFromMemory([.. Enumerable.Range(read, tokens.Count).Select(static position => (long)position)], [1L, tokens.Count]);
        var at = 0;
        OrtValue[] values = [.. _inputs.Select(name => name switch { "input_ids" => ids, "attention_mask" => mask, "position_ids" => positions, _ => caches[at++] })];
        return _session.Run(_options, _inputs, values, _outputs);
    }
}
