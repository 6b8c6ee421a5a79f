using System.Diagnostics;
using System.Text.Json;
using EdgeHost.Benchmarks.Figures;
using EdgeHost.Benchmarks.Hosts;
using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Engines;
using EdgeHost.Runtime.Models;
using EdgeHost.Runtime.Onnx;
using EdgeHost.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.Benchmarks.Prepared;

/// <summary>Loads one model with the real engine in a process of its own: this program again, with a verb that is not shown.</summary>
internal static class PreparedChild
{
    public const string Verb = "child-prepared";

    private const int Runs = 5;

    /// <summary>Starts the process and waits for what it saw.</summary>
    public static async Task<PreparedReading> StartAsync(BenchmarkModel model, string inputs, string? preparedFolder, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [Verb, model.GraphPath, model.Sha256, inputs, preparedFolder ?? string.Empty]) 
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0) throw new InvalidOperationException($"The measuring process failed with {process.ExitCode}: {output}");
        return JsonSerializer.Deserialize<PreparedReading>(output)!;
    }

    /// <summary>The process itself: graph, hash, inputs as <c>name=1x2;name=3</c>, folder of prepared forms or empty.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var services = new ServiceCollection()
            .AddLogging()
            .AddOnnxRuntimeEngine(engine => engine.PreparedFolder = arguments[3].Length == 0 ? null : arguments[3])
            .BuildServiceProvider();
        await using var owner = services;
        var engine = services.GetRequiredService<IInferenceEngine>();
        var device = engine.GetDevices().First(device => device.Kind == DeviceKind.Cpu);
        using var folder = new TempFolder();
        await WarmUpAsync(engine, device, folder);

        var before = PrivateMemory.Bytes;
        var started = Stopwatch.GetTimestamp();
        using var session = await engine.LoadAsync(Artifact("measured", arguments[0], arguments[1]), device, CancellationToken.None);
        var load = Stopwatch.GetElapsedTime(started);
        var inputs = CreateInputs(session, arguments[2]);
        var step = new ModelStep { Inputs = inputs };
        var times = new List<double>();
        for (var i = 0; i < Runs; i++)
        {
            var began = Stopwatch.GetTimestamp();
            foreach (var output in session.Run(step, CancellationToken.None)) output.Dispose();
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        foreach (var input in inputs) input.Value.Dispose();
        PrivateMemory.Trim();
        var used = PrivateMemory.Bytes - before;
        session.ReleaseWorkingMemory();
        PrivateMemory.Trim();
        var reading = new PreparedReading(load.TotalMilliseconds, FigureTable.MedianOf(times), used, PrivateMemory.Bytes - before, session.Origin);
        Console.Write(JsonSerializer.Serialize(reading));
        return 0;
    }

    // Native library, code and the engine's first buffers come with the first model, whichever it is.
    private static async Task WarmUpAsync(IInferenceEngine engine, Runtime.Devices.DeviceDescription device, TempFolder folder)
    {
        var tiny = BenchmarkModel.Create("tiny", folder.Path, OnnxGraph.Add(1, 2, 3, 4).ToModel());
        for (var i = 0; i < 2; i++)
        {
            using var session = await engine.LoadAsync(Artifact("tiny", tiny.GraphPath, tiny.Sha256), device, CancellationToken.None);
            using var input = session.CreateValue(ElementType.Float32, new TensorShape(1, 4));
            input.AsSpan<float>().Clear();
            foreach (var output in session.Run(new ModelStep { Inputs = [new NamedValue("x", input)] }, CancellationToken.None)) output.Dispose();
            session.ReleaseWorkingMemory();
        }

        PrivateMemory.Trim();
    }

    private static ModelArtifact Artifact(string id, string graph, string sha256) => new()
    {
        Id = id,
        Version = "1.0.0",
        Variant = "only",
        GraphPath = graph,
        GraphSha256 = sha256,
        Files = new Dictionary<string, string> { ["model.onnx"] = graph },
        SizeBytes = new FileInfo(graph).Length,
    };

    private static List<NamedValue> CreateInputs(IEngineSession session, string shapes)
    {
        var known = shapes.Split(';').Select(static pair => pair.Split('=')).ToDictionary(static pair => pair[0], static pair => pair[1], StringComparer.Ordinal);
        var values = new List<NamedValue>();
        foreach (var input in session.Inputs)
        {
            var shape = known.TryGetValue(input.Name, out var text)
                ? new TensorShape([.. text.Split('x').Select(long.Parse)])
                : new TensorShape([.. input.Shape.Dimensions.ToArray().Select(static dimension => Math.Max(1, dimension))]);
            var value = session.CreateValue(input.ElementType, shape);
            Clear(value);
            values.Add(new NamedValue(input.Name, value));
        }

        return values;
    }

    private static void Clear(ModelValue value)
    {
        switch (value.ElementType)
        {
            case ElementType.Float32: value.AsSpan<float>().Clear(); break;
            case ElementType.Int64: value.AsSpan<long>().Clear(); break;
            case ElementType.Bool: value.AsSpan<bool>().Clear(); break;
            default: throw new NotSupportedException($"{value.ElementType} inputs are not made here.");
        }
    }
}
