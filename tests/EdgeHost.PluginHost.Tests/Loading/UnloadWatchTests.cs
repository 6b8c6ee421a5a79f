using System.Runtime.CompilerServices;
using EdgeHost.PluginHost.Loading;
using EdgeHost.PluginHost.Tests.Support;

namespace EdgeHost.PluginHost.Tests.Loading;

public sealed class UnloadWatchTests
{
    [Fact]
    public void Check_AliveWithoutCollections_IsNoLeak()
    {
        var loggers = new RecordingLoggerFactory();
        var watch = new UnloadWatch(3, () => 7, loggers.CreateLogger("watch"));
        var held = new object();
        watch.Add(new WeakReference(held), "1.0.0", () => { });

        for (var i = 0; i < 100; i++) watch.Check();

        Assert.Equal(1, watch.Alive);
        Assert.Equal(0, watch.Leaked);
        Assert.Empty(loggers.Lines);
        GC.KeepAlive(held);
    }

    [Fact]
    public void Check_AliveAfterCollections_IsReportedOnce()
    {
        var collections = 0;
        var loggers = new RecordingLoggerFactory();
        var watch = new UnloadWatch(3, () => collections, loggers.CreateLogger("watch"));
        var held = new object();
        watch.Add(new WeakReference(held), "1.0.0", () => { });

        for (; collections < 10; collections++) watch.Check();

        Assert.Equal(1, watch.Leaked);
        Assert.Contains("after 3 full collections", Assert.Single(loggers.Lines), StringComparison.Ordinal);
        GC.KeepAlive(held);
    }

    [Fact]
    public void Check_Collected_CallsBackOnce()
    {
        var gone = 0;
        var watch = new UnloadWatch(3, () => 0, new RecordingLoggerFactory().CreateLogger("watch"));
        AddGarbage(watch, () => gone++);
        GC.Collect();

        watch.Check();
        watch.Check();

        Assert.Equal(1, gone);
        Assert.Equal(0, watch.Alive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddGarbage(UnloadWatch watch, Action collected) => watch.Add(new WeakReference(new object()), "1.0.0", collected);
}
