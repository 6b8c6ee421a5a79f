using EdgeHost.Capabilities.Host;
using EdgeHost.Capabilities.Models;
using EdgeHost.Deployment.Versions;
using EdgeHost.Host.Methods;
using EdgeHost.Runtime.Conditions;
using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Health;
using PoolModelState = EdgeHost.Runtime.Models.ModelState;
using RuntimeDecisionKind = EdgeHost.Runtime.Decisions.DecisionKind;
using StoreDriftState = EdgeHost.Learning.Drift.DriftState;
using StoreKind = EdgeHost.Learning.Examples.ExampleKind;
using WireDriftState = EdgeHost.Capabilities.Training.DriftState;
using WireKind = EdgeHost.Capabilities.Training.ExampleKind;

namespace EdgeHost.Host.Tests.Methods;

/// <summary>A word that the runtime gets must be put on the wire, too.</summary>
public sealed class WireEnumsTests
{
    [Fact]
    public void Of_EachWordOfTheRuntime_IsTheSameWordOnTheWire()
    {
        Same<DeviceHealthState, DeviceHealthStatus>(WireEnums.Of);
        Same<PoolModelState, ModelLifeState>(WireEnums.Of);
        Same<HostHealthState, HealthStatus>(WireEnums.Of);
        Same<ThermalLevel, ThermalStatus>(WireEnums.Of);
        Same<MemoryPressureLevel, MemoryPressureStatus>(WireEnums.Of);
        Same<RuntimeDecisionKind, DecisionKind>(WireEnums.Of);
        Same<DecisionKind, RuntimeDecisionKind>(WireEnums.Of);
        Same<StoreKind, WireKind>(WireExamples.KindOf);
        Same<WireKind, StoreKind>(WireExamples.KindOf);
        Same<VersionState, VersionStage>(static state => (VersionStage)state);
        Same<EdgeHost.Jobs.Storage.JobState, EdgeHost.Capabilities.Training.TrainingJobState>(static state => (EdgeHost.Capabilities.Training.TrainingJobState)state);
        Same<StoreDriftState, WireDriftState>(static state => (WireDriftState)state);
    }

    private static void Same<TFrom, TTo>(Func<TFrom, TTo> map)
        where TFrom : struct, Enum
        where TTo : struct, Enum
    {
        Assert.Equal(Enum.GetNames<TFrom>(), Enum.GetNames<TTo>());
        Assert.All(Enum.GetValues<TFrom>(), value => Assert.Equal(value.ToString(), map(value).ToString()));
    }
}
