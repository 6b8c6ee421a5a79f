using EdgeHost.Plugins.Language.Generation.Grammars;
using EdgeHost.Plugins.Language.Generation.Templates;
using EdgeHost.Plugins.Language.Generation.Tokenizers;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Language.Generation.Models;

/// <summary>What is known of a model that generates text besides its graph. Immutable; thread-safe; outlives leases.</summary>
internal sealed class GenerationModel
{
    /// <summary><c>id@version</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What the graph takes and gives.</summary>
    public required DecoderGraph Graph { get; init; }

    /// <summary>Makes tokens.</summary>
    public required TextTokenizer Tokenizer { get; init; }

    /// <summary>Tokens that end a text.</summary>
    public required IReadOnlySet<int> Ends { get; init; }

    /// <summary>Makes texts of conversations; null where it has no template. Reading it the first time may fail with <see cref="ErrorCode.FailedPrecondition"/>.</summary>
    public Lazy<ChatTemplate>? Template { get; init; }

    /// <summary>The most tokens of a text with what is generated, or null where its files do not say.</summary>
    public int? Context { get; init; }

    /// <summary>The tokens by their bytes, for those who ask for a grammar.</summary>
    public Lazy<TokenTrie> Trie => field ??= new Lazy<TokenTrie>(() => new TokenTrie(Tokenizer));

    /// <summary>Reads a model's files.</summary>
    /// <param name="lease">The model; stays the caller's.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: a file is missing or wrong, or files do not belong together.</exception>
    public static async ValueTask<GenerationModel> ReadAsync(IModelLease lease, CancellationToken cancellationToken)
    {
        var name = $"{lease.Model.Id}@{lease.Model.Version}";
        var tokens = await ModelFiles.FindAsync(lease, TokenizerFile.Name, cancellationToken).ConfigureAwait(false)
            ?? throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The model {name} has no {TokenizerFile.Name}; import its folder again with that file.");
        var config = DecoderConfig.Read(
            name,
            await ModelFiles.FindAsync(lease, DecoderConfig.HubFile, cancellationToken).ConfigureAwait(false),
            await ModelFiles.FindAsync(lease, DecoderConfig.GenAiFile, cancellationToken).ConfigureAwait(false),
            await ModelFiles.FindAsync(lease, DecoderConfig.GenerationFile, cancellationToken).ConfigureAwait(false));
        var graph = DecoderGraph.Of(lease.Model, config);
        var tokenizer = TokenizerFile.Read(tokens, name);
        if (tokenizer.Count > graph.Vocabulary)
        {
            throw new EdgeHostException(
                ErrorCode.FailedPrecondition,
                $"The files of the model {name} do not belong together: {TokenizerFile.Name} numbers {tokenizer.Count} tokens and the graph tells {graph.Vocabulary} apart.");
        }

        if (config.Vocabulary is { } said && said != graph.Vocabulary)
        {
            throw new EdgeHostException(
                ErrorCode.FailedPrecondition, $"The files of the model {name} do not belong together: its configuration says {said} tokens ('vocab_size') and the graph tells {graph.Vocabulary} apart.");
        }

        var (template, end) = TemplateFiles.Read(
            name,
            await ModelFiles.FindAsync(lease, TemplateFiles.ConfigFile, cancellationToken).ConfigureAwait(false),
            await ModelFiles.FindAsync(lease, TemplateFiles.TemplateFile, cancellationToken).ConfigureAwait(false));
        var ends = new HashSet<int>(config.Ends);
        if (end is not null && tokenizer.Find(end) is { } token) ends.Add(token);
        return new GenerationModel { Name = name, Graph = graph, Tokenizer = tokenizer, Ends = ends, Template = template, Context = config.Context };
    }
}
