namespace EdgeHost.Plugins.Health.Signals.Tests.Ecg;

[CollectionDefinition(nameof(MemoryTestGroup), DisableParallelization = true)]
public sealed class MemoryTestGroup;
