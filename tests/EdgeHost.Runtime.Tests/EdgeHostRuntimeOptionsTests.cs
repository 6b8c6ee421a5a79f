using EdgeHost.Runtime.Models;
using EdgeHost.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace EdgeHost.Runtime.Tests;

public sealed class EdgeHostRuntimeOptionsTests
{
    public static TheoryData<string, Action<EdgeHostRuntimeOptions>> BadOptions => new()
    {
        { "QueueLimit", options => options.Scheduling.QueueLimit = 0 },
        { "AgeingLimit", options => options.Scheduling.AgeingLimit = TimeSpan.Zero },
        { "AgedTurn", options => options.Scheduling.AgedTurn = 0 },
        { "Concurrency:cpu", options => options.Scheduling.Concurrency["cpu"] = 0 },
        { "AppWeights:a", options => options.Scheduling.AppWeights["a"] = 0 },
        { "AppWeights:a", options => options.Scheduling.AppWeights["a"] = double.NaN },
        { "Discipline", options => options.Scheduling.Discipline = (EdgeHost.Runtime.Scheduling.QueueDiscipline)9 },
        { "FairnessLag", options => options.Scheduling.FairnessLag = TimeSpan.FromSeconds(-1) },
        { "AdmissionMargin", options => options.Scheduling.AdmissionMargin = -1 },
        { "PreemptionBound", options => options.Scheduling.PreemptionBound = TimeSpan.FromMinutes(1) },
        { "MaxInterruptions", options => options.Scheduling.MaxInterruptions = -1 },
        { "UninterruptibleBound", options => options.Scheduling.UninterruptibleBound = TimeSpan.FromHours(1) },
        { "InteractiveHold", options => options.Scheduling.InteractiveHold = TimeSpan.FromHours(1) },
        { "MaxBatchWindow", options => options.Scheduling.MaxBatchWindow = TimeSpan.FromSeconds(2) },
        { "HangFactor", options => options.Scheduling.HangFactor = 1 },
        { "HangFloor", options => options.Scheduling.HangFloor = TimeSpan.Zero },
        { "StepTimeLimit", options => options.Scheduling.StepTimeLimit = TimeSpan.FromDays(2) },
        { "TerminationGrace", options => options.Scheduling.TerminationGrace = TimeSpan.FromMinutes(2) },
        { "BudgetBytes", options => options.Pool.BudgetBytes = 5 },
        { "MaxValueBytes", options => options.Pool.MaxValueBytes = long.MaxValue },
        { "MaxFileBytes", options => options.Pool.MaxFileBytes = 0 },
        { "IdleTimeout", options => options.Pool.IdleTimeout = TimeSpan.Zero },
        { "SessionOverheadBytes", options => options.Pool.SessionOverheadBytes = -1 },
    };

    [Theory]
    [MemberData(nameof(BadOptions))]
    public async Task Start_OptionOutOfRange_IsRefusedNamingIt(string name, Action<EdgeHostRuntimeOptions> configure)
    {
        using var host = Build(configure);

        var e = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains(name, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_Defaults_AreValidAndTheBudgetIsHalfOfTheMemory()
    {
        using var host = Build(_ => { });
        await host.StartAsync();

        var budget = host.Services.GetRequiredService<IModelPool>().Snapshot().BudgetBytes;

        Assert.Equal(host.Services.GetRequiredService<MachineMemory>().TotalBytes / 2, budget);
        await host.StopAsync();
    }

    private static IHost Build(Action<EdgeHostRuntimeOptions> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<Engines.IInferenceEngine>(new SimulatedEngine());
        builder.Services.AddSingleton<IModelSource>(new SimulatedModelSource());
        builder.Services.AddEdgeHostRuntime(configure);
        return builder.Build();
    }
}
