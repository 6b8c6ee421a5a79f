using EdgeHost.Plugins.Recommendation.Catalogs;
using EdgeHost.Plugins.Recommendation.Evaluation;
using EdgeHost.Plugins.Recommendation.Handlers;
using EdgeHost.Plugins.Recommendation.Lists;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.Plugins.Recommendation;

/// <summary>The entry point: what a person might like, learnt from what people did with an app's items.</summary>
public sealed class RecommendationPlugin : EdgeHostPlugin
{
    public override void Configure(IPluginBuilder plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        plugin.Services
            .AddSingleton(RecommendationOptions.FromSettings(plugin.Environment.Settings))
            .AddSingleton<AppCatalogs>()
            .AddSingleton<ItemInput>()
            .AddSingleton<ListWriter>()
            .AddSingleton<PolicyEvaluator>()
            .AddSingleton<Evaluator>();
        plugin.AddCapability<PutItemsHandler>()
            .AddCapability<PutItemsStreamHandler>()
            .AddCapability<RecordHandler>()
            .AddCapability<RecommendHandler>()
            .AddCapability<RankHandler>()
            .AddCapability<SimilarHandler>()
            .AddCapability<BuildHandler>()
            .AddCapability<ExplainHandler>()
            .AddCapability<ForgetHandler>()
            .AddCapability<EvaluateHandler>()
            .AddCapability<ExportHandler>()
            .AddCapability<StatusHandler>()
            .AddCapability<RollBackHandler>();
    }
}
