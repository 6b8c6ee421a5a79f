using System.Text.Json;
using EdgeHost.Jobs.Running;
using EdgeHost.Jobs.Storage;
using EdgeHost.PluginSdk;
using EdgeHost.Training.Data;
using EdgeHost.Training.Networks;
using EdgeHost.Training.Optimisers;
using EdgeHost.Training.Runs;
using EdgeHost.Training.Specs;
using EdgeHost.Training.Steps;

namespace EdgeHost.Jobs.Plugins;

/// <summary>One network that a plugin wants trained, checked. Used once.</summary>
internal sealed class CallTraining
{
    private const int MostSteps = 1_000_000;
    private const int MostBatch = 65_536;
    private readonly TrainingRequest _request;
    private readonly Network _network;
    private readonly ArrayData _data;

    private CallTraining(TrainingRequest request, Network network, ArrayData data) => (_request, _network, _data) = (request, network, data);

    /// <summary>Checks a request.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>, <see cref="ErrorCode.ResourceExhausted"/>: says what is wrong.</exception>
    public static CallTraining Read(TrainingRequest request, long mostBytes)
    {
        if (request.Examples < 1) throw CallData.Wrong($"There are {request.Examples} examples; training wants at least one.");
        if (request.Steps is < 1 or > MostSteps) throw CallData.Wrong($"{request.Steps} steps are asked for; 1 to {MostSteps} are possible.");
        if (request.Batch is < 1 or > MostBatch) throw CallData.Wrong($"A batch of {request.Batch} is asked for; 1 to {MostBatch} are possible.");
        if (!(request.Rate > 0 && float.IsFinite(request.Rate) && request.WeightDecay >= 0 && float.IsFinite(request.WeightDecay))) throw CallData.Wrong("The rate must be above 0, and the weight decay not below it.");
        using var json = Parse(request.Network);
        var tables = CallData.TablesOf(request);
        var shape = NetworkSpec.Describe(json.RootElement, tables);
        var need = (10.0 * shape.Parameters * sizeof(float)) + (2.0 * shape.ElementsPerExample * request.Batch * sizeof(float)) + CallData.BytesOf(request);
        if (need > mostBytes) throw new EdgeHostException(ErrorCode.ResourceExhausted, $"The network needs about {need / (1 << 20):0} MiB to be trained, and {mostBytes >> 20} MiB are allowed ({JobOptions.SectionName}:{nameof(JobOptions.MaxMemoryBytes)}).");
        return new CallTraining(request, NetworkSpec.ToNetwork(json.RootElement, tables), CallData.Read(request, shape));
    }

    /// <summary>A record in memory alone, for what holds training back.</summary>
    public JobEntry Entry(AppIdentity app, DateTimeOffset now)
        => new(new JobRecord { Id = "call", App = app.Name, UserId = app.UserId, Model = "call", Spec = string.Empty, Created = now });

    /// <summary>Trains.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: the loss became no number.</exception>
    public async ValueTask<TrainingResult> RunAsync(ScheduledStepRunner runner, CancellationToken cancellationToken)
    {
        TrainingStep? built = null;
        try
        {
            var settings = new StepOptions { BatchSize = Math.Min(_request.Batch, _request.Examples), Seed = _request.Seed };
            await runner.RunThroughAsync(() => built = new TrainingStep(_network, new AdamW { WeightDecay = _request.WeightDecay }, settings), cancellationToken).ConfigureAwait(false);
            var step = built!;
            var options = new TrainingRunOptions
            {
                Steps = _request.Steps,
                Schedule = new LearningRateSchedule { Rate = _request.Rate, CosineSteps = _request.Steps },
            };
            using var run = new TrainingRun(step, _data, options, validation: null, runner);
            var outcome = await run.RunAsync(progress: null, cancellationToken).ConfigureAwait(false);
            return new TrainingResult
            {
                Parameters = step.Parameters.ToDictionary(static parameter => parameter.Name, parameter => (ReadOnlyMemory<float>)step.Values(parameter).ToArray(), StringComparer.Ordinal),
                Loss = outcome.Loss,
            };
        }
        finally
        {
            built?.Dispose();
        }
    }

    private static JsonDocument Parse(string network)
    {
        try
        {
            return JsonDocument.Parse(network);
        }
        catch (JsonException e)
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"The network is no JSON: {e.Message}", e);
        }
    }
}
