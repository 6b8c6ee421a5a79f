using System.Diagnostics;
using System.Globalization;
using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Engines;
using EdgeHost.Runtime.Models;
using EdgeHost.TestKit;
using EdgeHost.TestKit.Onnx;
using Xunit.Abstractions;

namespace EdgeHost.Runtime.Onnx.Tests;

/// <summary>
/// Models as people use them: what a prepared form saves, and that it computes the same. Times are printed, not asserted; <c>docs/performance.md</c> has
/// figures of a quiet machine.
/// </summary>
public sealed class PreparedRealModelTests(ITestOutputHelper output) : IDisposable
{
    private const int Loads = 3;

    private readonly TempFolder _prepared = new();

    public void Dispose() => _prepared.Dispose();

    [RealModelsTheory("Speech")]
    [InlineData("moonshine-tiny-en", 0.55, 16_000)]
    [InlineData("moonshine-tiny-en-decoder", 0.4, 40)]
    public Task Load_Speech_IsEqualAndHoldsLessPrivateMemory(string model, double mostPrivate, int length)
        => CompareAsync("Speech", model, mostPrivate, length);

    [RealModelsTheory("Vision")]
    [InlineData("ocr-det", 0.5, 320)]
    [InlineData("ocr-rec", 0.55, 320)]
    [InlineData("face-back", 0.8, 256)]
    public Task Load_Vision_IsEqualAndHoldsLessPrivateMemory(string model, double mostPrivate, int length)
        => CompareAsync("Vision", model, mostPrivate, length);

    private async Task CompareAsync(string plugin, string model, double mostPrivate, int length)
    {
        using var models = await RealModels.OpenAsync(plugin);
        var artifact = await models.Source.ResolveAsync(model, CancellationToken.None);
        using var plain = new OnnxFixture();
        using var preparing = new OnnxFixture(options => options.PreparedFolder = _prepared.Path);
        var originalBytes = await MeasureAsync(plain, artifact, "original");
        var preparedBytes = await MeasureAsync(preparing, artifact, "prepared");
        using var original = await LoadAsync(plain, artifact, "original");
        using var prepared = await LoadAsync(preparing, artifact, "prepared");

        Assert.Equal("prepared", prepared.Origin);
        var expected = Run(original, length);
        var actual = Run(prepared, length);
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++)
        {
            Assert.Equal(expected[i].Shape, actual[i].Shape);
            AssertNear(expected[i].Elements, actual[i].Elements);
        }

        Assert.InRange((double)preparedBytes / originalBytes, 0, mostPrivate);
    }

    // The least of a few loads: the heap is the whole process's, and what anybody else takes from it while a load is measured counts as the load's.
    private async Task<long> MeasureAsync(OnnxFixture fixture, ModelArtifact artifact, string what)
    {
        var least = long.MaxValue;
        for (var load = 0; load < Loads; load++)
        {
            using var session = await LoadAsync(fixture, artifact, what);
            least = Math.Min(least, session.MeasureMemory().PrivateBytes);
        }

        return least;
    }

    private async Task<IEngineSession> LoadAsync(OnnxFixture fixture, ModelArtifact artifact, string what)
    {
        var started = Stopwatch.GetTimestamp();
        var session = await fixture.Engine.LoadAsync(artifact, fixture.Cpu, CancellationToken.None);
        var memory = session.MeasureMemory();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{artifact.Id} {what}: {Stopwatch.GetElapsedTime(started).TotalMilliseconds:F0} ms, private {memory.PrivateBytes / 1e6:F1} MB, mapped {memory.MappedBytes / 1e6:F1} MB"));
        return session;
    }

    private static List<(TensorShape Shape, float[] Elements)> Run(IEngineSession session, int length)
    {
        var inputs = session.Inputs.Select(input => new NamedValue(input.Name, Make(session, input, length))).ToArray();
        var results = new List<(TensorShape, float[])>();
        foreach (var value in session.Run(new ModelStep { Inputs = inputs }, CancellationToken.None))
        {
            results.Add((value.Shape, value.ElementType == ElementType.Float32 ? value.AsSpan<float>().ToArray() : []));
            value.Dispose();
        }

        Array.ForEach(inputs, input => input.Value.Dispose());
        return results;
    }

    private static ModelValue Make(IEngineSession session, TensorDescription input, int length)
    {
        var dimensions = input.Shape.Dimensions.ToArray();
        for (var i = 0; i < dimensions.Length; i++)
        {
            if (dimensions[i] >= 0) continue;

            // Batches are of one, caches empty, everything else as long as told.
            dimensions[i] = i == 0 ? 1 : input.Name.StartsWith("past", StringComparison.Ordinal) ? 0 : length;
        }

        if (input.ElementType == ElementType.Float32) return OnnxFixture.Ramp(session, dimensions);
        if (input.ElementType == ElementType.Int64 && dimensions.Length == 2) dimensions[1] = 1;
        var value = session.CreateValue(input.ElementType, new TensorShape(dimensions));
        if (input.ElementType == ElementType.Int64) value.AsSpan<long>().Fill(1);
        if (input.ElementType == ElementType.Bool) value.AsSpan<bool>().Clear();
        return value;
    }

    private static void AssertNear(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= 1e-4f * Math.Max(1, Math.Abs(expected[i])), $"element {i}: {expected[i]} and {actual[i]}");
        }
    }
}
