using System.Runtime.CompilerServices;
using EdgeHost.Serialization;
using Microsoft.Extensions.AI;

namespace EdgeHost.Client.Extensions.AI.Chat;

/// <summary>Chat over a capability that streams text.</summary>
internal sealed class EdgeHostChatClient(EdgeHostClient client, EdgeHostAIOptions options) : IChatClient
{
    private static readonly ChatClientMetadata Metadata = new(Services.ProviderName);

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        => await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken).ConfigureAwait(false);

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        => StreamAsync(ChatRequests.Make(messages, options), cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => Services.Find(serviceType, serviceKey, this, client, Metadata);

    public void Dispose()
    {
        // The client belongs to whoever made it.
    }

    private async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(GenerateRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var id = Guid.NewGuid().ToString("N");
        GenerateResponse? response = null;
        var call = options.ToCallOptions(body => response = Read(body));
        await foreach (var piece in client.StreamAsync<GenerateRequest, GeneratedText>(ChatRequests.Method, request, call, cancellationToken).ConfigureAwait(false))
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, piece.Text) { ResponseId = id, MessageId = id };
        }

        yield return new ChatResponseUpdate(ChatRole.Assistant, Usage(response))
        {
            ResponseId = id,
            MessageId = id,
            ModelId = response?.Model,
            FinishReason = response?.FinishReason is { Length: > 0 } reason ? new ChatFinishReason(reason) : ChatFinishReason.Stop,
        };
    }

    private static GenerateResponse Read(ReadOnlyMemory<byte> body)
    {
        var reader = new WireReader(body);
        return GenerateResponse.Read(ref reader);
    }

    private static List<AIContent> Usage(GenerateResponse? response)
    {
        if (response is not { InputTokens: not null } and not { OutputTokens: not null }) return [];
        var usage = new UsageDetails { InputTokenCount = response.InputTokens, OutputTokenCount = response.OutputTokens };
        if (response is { InputTokens: { } input, OutputTokens: { } output }) usage.TotalTokenCount = input + output;
        return [new UsageContent(usage)];
    }
}
