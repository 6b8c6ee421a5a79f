using EdgeHost.Client;
using WordTools.Contract;

namespace WordTools.Client;

/// <summary>The typed client of the WordTools plugin: what its author ships to apps beside the contract. Thread-safe.</summary>
public sealed class WordToolsClient(EdgeHostClient client)
{
    /// <summary>Counts characters, words and sentences, and estimates the reading time.</summary>
    public ValueTask<CountResponse> CountAsync(string text, CancellationToken cancellationToken = default)
        => client.CallAsync<CountRequest, CountResponse>(
            WordToolsMethods.Count, new CountRequest { Text = text }, options: null, cancellationToken);

    /// <summary>Finds the words that stand out.</summary>
    public ValueTask<KeywordsResponse> KeywordsAsync(KeywordsRequest request, CancellationToken cancellationToken = default)
        => client.CallAsync<KeywordsRequest, KeywordsResponse>(WordToolsMethods.Keywords, request, options: null, cancellationToken);

    /// <summary>Counts a text as it is written: push pieces, read a count after each.</summary>
    public ValueTask<OpenCall<TextPiece, LiveCount, LiveCount>> CountLiveAsync(string text = "", CancellationToken cancellationToken = default)
        => client.OpenAsync<CountLiveRequest, TextPiece, LiveCount, LiveCount>(
            WordToolsMethods.CountLive, new CountLiveRequest { Text = text }, options: null, cancellationToken);
}
