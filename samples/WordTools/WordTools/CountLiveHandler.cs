using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;
using WordTools.Contract;

namespace WordTools;

/// <summary>Counts while a person writes: a duplex capability.</summary>
[Capability(
    WordToolsMethods.CountLive,
    Summary = "Counts the words of a text that comes piece by piece, after each piece.",
    Example = """{"text":"Once upon"}""")]
internal sealed class CountLiveHandler : DuplexCapabilityHandler<CountLiveRequest, TextPiece, LiveCount, LiveCount>
{
    public override async ValueTask<LiveCount> HandleAsync(
        CountLiveRequest request,
        IAsyncEnumerable<TextPiece> pushes,
        ItemWriter<LiveCount> items,
        CapabilityContext context,
        CancellationToken cancellationToken)
    {
        var counter = new Counter();
        counter.Add(request.Text);
        await foreach (var piece in pushes.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            counter.Add(piece.Text);
            await items.WriteAsync(counter.ToMessage(), cancellationToken).ConfigureAwait(false);
        }

        return counter.ToMessage();
    }

    // Of one call: the handler itself serves many at once.
    private sealed class Counter
    {
        private long _characters;
        private long _words;
        private bool _isInWord;

        public void Add(string text)
        {
            _characters += text.Length;
            foreach (var character in text)
            {
                var isOfWord = char.IsLetterOrDigit(character);
                if (isOfWord && !_isInWord) _words++;
                _isInWord = isOfWord;
            }
        }

        public LiveCount ToMessage() => new() { Characters = _characters, Words = _words };
    }
}
