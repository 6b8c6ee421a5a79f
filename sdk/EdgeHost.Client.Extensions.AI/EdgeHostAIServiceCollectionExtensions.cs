using EdgeHost.Client;
using EdgeHost.Client.Extensions.AI;
using Microsoft.Extensions.AI;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the adapters in a container, over the client that <c>AddEdgeHostClient</c> registers; without one there yet they register it with its defaults.</summary>
public static class EdgeHostAIServiceCollectionExtensions
{
    /// <summary>Adds <see cref="EdgeHostClientAIExtensions.AsChatClient"/> as the <see cref="IChatClient"/>.</summary>
    /// <param name="services">Where to add.</param>
    /// <param name="options">About each call; null for the defaults.</param>
    /// <returns><paramref name="services"/>.</returns>
    public static IServiceCollection AddEdgeHostChatClient(this IServiceCollection services, EdgeHostAIOptions? options = null)
        => WithClient(services).AddSingleton(provider => provider.GetRequiredService<EdgeHostClient>().AsChatClient(options));

    /// <summary>Adds <see cref="EdgeHostClientAIExtensions.AsSpeechToTextClient"/> as the <see cref="ISpeechToTextClient"/>.</summary>
    /// <inheritdoc cref="AddEdgeHostChatClient"/>
    public static IServiceCollection AddEdgeHostSpeechToTextClient(this IServiceCollection services, EdgeHostAIOptions? options = null)
        => WithClient(services).AddSingleton(provider => provider.GetRequiredService<EdgeHostClient>().AsSpeechToTextClient(options));

    /// <summary>Adds <see cref="EdgeHostClientAIExtensions.AsEmbeddingGenerator"/> as the generator of embeddings of texts.</summary>
    /// <inheritdoc cref="AddEdgeHostChatClient"/>
    public static IServiceCollection AddEdgeHostEmbeddingGenerator(this IServiceCollection services, EdgeHostAIOptions? options = null)
        => WithClient(services).AddSingleton(provider => provider.GetRequiredService<EdgeHostClient>().AsEmbeddingGenerator(options));

    private static IServiceCollection WithClient(IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.All(static service => service.ServiceType != typeof(EdgeHostClient))) services.AddEdgeHostClient();
        return services;
    }
}
