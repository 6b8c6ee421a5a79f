using EdgeHost.Capabilities.Speech;
using EdgeHost.PluginSdk;
using EdgeHost.Plugins.Speech.Keywords.Heads;
using EdgeHost.Plugins.Speech.Keywords.Hearing;
using EdgeHost.Plugins.Speech.Keywords.Personal;

namespace EdgeHost.Plugins.Speech.Keywords;

/// <summary>The keywords that an app can listen for: those with models, and those that it taught. Thread-safe.</summary>
internal sealed class KeywordCatalog(PersonalKeywords personal)
{
    /// <summary>Begins to listen.</summary>
    /// <param name="context">The call.</param>
    /// <param name="keywords">Their ids; null: all that are on the device.</param>
    /// <param name="threshold">From which score a keyword counts; null: its own.</param>
    /// <param name="requireSpeech">Whether a keyword counts only where somebody speaks.</param>
    /// <param name="cancellationToken">Stops waiting for models.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: there is no such keyword; <see cref="ErrorCode.FailedPrecondition"/>: its model, or any, is not on
    /// the device, with the command that gets it; <see cref="ErrorCode.InvalidArgument"/>: none is asked for.</exception>
    public async ValueTask<KeywordSpotter> ListenAsync(
        CapabilityContext context, IReadOnlyList<string>? keywords, float? threshold, bool requireSpeech, CancellationToken cancellationToken)
    {
        if (keywords is { Count: 0 }) throw new EdgeHostException(ErrorCode.InvalidArgument, "'keywords' is empty: name at least one, or leave it out to listen for all that are on the device.");
        var heads = new List<IKeywordHead>();
        KeywordFeatures? features = null;
        try
        {
            if (keywords is null) await OpenAllAsync(context, heads, cancellationToken).ConfigureAwait(false);
            else foreach (var keyword in keywords.Distinct(StringComparer.Ordinal)) heads.Add(await OpenAsync(context, keyword, cancellationToken).ConfigureAwait(false));
            features = await KeywordFeatures.CreateAsync(context.Models, cancellationToken).ConfigureAwait(false);
            var gate = requireSpeech ? await SpeechGate.CreateAsync(context.Models, cancellationToken).ConfigureAwait(false) : null;
            return new KeywordSpotter(features, heads, gate, threshold);
        }
        catch
        {
            foreach (var head in heads) head.Dispose();
            features?.Dispose();
            throw;
        }
    }

    /// <summary>All keywords that the app could listen for.</summary>
    /// <param name="context">The call.</param>
    /// <param name="cancellationToken">Stops waiting for models.</param>
    /// <returns>By id.</returns>
    /// <exception cref="EdgeHostException">As <see cref="IModelProvider.LeaseAsync"/> says.</exception>
    public async ValueTask<IReadOnlyList<KeywordInfo>> ListAsync(CapabilityContext context, CancellationToken cancellationToken)
    {
        var found = new List<KeywordInfo>();
        foreach (var known in await KeywordModels.ListAsync(context.Models, cancellationToken).ConfigureAwait(false))
        {
            found.Add(new KeywordInfo
            {
                Keyword = known.Keyword,
                IsInstalled = known.IsInstalled,
                Threshold = ModelHead.UsualThreshold,
                Licence = known.Licence,
                Hint = known.IsInstalled ? null : known.Hint,
            });
        }

        found.AddRange(personal.List(context.App).Select(static keyword => new KeywordInfo { Keyword = keyword.Keyword, IsInstalled = true, IsPersonal = true, Threshold = Math.Round(keyword.Threshold, 4) }));
        return [.. found.OrderBy(static info => info.Keyword, StringComparer.Ordinal)];
    }

    private async ValueTask OpenAllAsync(CapabilityContext context, List<IKeywordHead> heads, CancellationToken cancellationToken)
    {
        var all = await KeywordModels.ListAsync(context.Models, cancellationToken).ConfigureAwait(false);
        foreach (var known in all.Where(static known => known.IsInstalled)) heads.Add(await KeywordModels.OpenAsync(known, context.Models, cancellationToken).ConfigureAwait(false));
        heads.AddRange(personal.List(context.App).Select(static keyword => new PersonalHead(keyword)));
        if (heads.Count > 0) return;
        throw new EdgeHostException(
            ErrorCode.FailedPrecondition,
            $"There is no keyword on this device. Teach one with {SpeechMethods.TeachKeyword}, or get a ready-made one: {SpeechMethods.Keywords} lists them with their licences and the commands.");
    }

    private async ValueTask<IKeywordHead> OpenAsync(CapabilityContext context, string keyword, CancellationToken cancellationToken)
    {
        if (personal.Find(context.App, keyword) is { } taught) return new PersonalHead(taught);
        var all = await KeywordModels.ListAsync(context.Models, cancellationToken).ConfigureAwait(false);
        var known = all.FirstOrDefault(known => known.Keyword == keyword)
            ?? throw new EdgeHostException(ErrorCode.NotFound, $"There is no keyword '{(keyword.Length <= 64 ? keyword : $"{keyword[..64]}…")}'; {SpeechMethods.Keywords} lists those there are.");
        if (!known.IsInstalled) throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The keyword '{keyword}' is not on this device. {known.Hint}");
        return await KeywordModels.OpenAsync(known, context.Models, cancellationToken).ConfigureAwait(false);
    }
}
