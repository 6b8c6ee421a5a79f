using EdgeHost.PluginSdk.Testing;
using EdgeHost.TestKit;

namespace EdgeHost.Plugins.Recommendation.Tests;

/// <summary>The laid-out folder works in a load context of its own, with the native library of the database found in it, and can be unloaded.</summary>
public class UnloadTests
{
    [Fact]
    public async Task LaidOutPlugin_AfterCallsAndStop_Unloads()
        => Assert.True(
            await LaidOutPlugin.UnloadsAsync("Recommendation", "EdgeHost.Plugins.Recommendation", static async (plugin, context) =>
            {
                Assert.IsNotType<RecommendationPlugin>(plugin);
                var host = await PluginTestHost.StartAsync(plugin, new PluginTestOptions());
                var shop = Shop.Of(host);
                await shop.PutAsync(Shop.Articles);
                await shop.RecordReadersAsync();
                await shop.BuildAsync();
                Assert.NotEmpty(await shop.ListAsync("reader1"));
                Assert.Contains(context.Assemblies, static loaded => loaded.GetName().Name == "SQLitePCLRaw.core");
                await host.StopAsync();
            }),
            "The plugin's load context is still in memory after its last use.");
}
