using EdgeHost.Plugins.Text.Cleaning;
using EdgeHost.Plugins.Translation.Marian;
using EdgeHost.Plugins.Translation.Models;
using EdgeHost.Plugins.Translation.Texts;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Translation;

/// <summary>Translates sentences on one way, with its models open. Not thread-safe; of one call.</summary>
internal sealed class TranslationRun : IDisposable
{
    private readonly IReadOnlyList<MarianTranslator> _steps;

    private TranslationRun(TranslationRoute route, IReadOnlyList<MarianTranslator> steps)
    {
        (Route, _steps) = (route, steps);
        Models = [.. steps.SelectMany(static step => step.Models)];
        MaxRows = steps.Count > 0 ? steps.Min(static step => step.MaxRows) : 1;
    }

    /// <summary>The way.</summary>
    public TranslationRoute Route { get; }

    /// <summary>The models as id@version, in order.</summary>
    public IReadOnlyList<string> Models { get; }

    /// <summary>How many sentences are translated in one run.</summary>
    public int MaxRows { get; }

    /// <summary>Tokens that were written so far.</summary>
    public long Tokens { get; private set; }

    /// <summary>Opens the models of a way.</summary>
    /// <exception cref="EdgeHostException">As <see cref="MarianTranslator.OpenAsync"/> says.</exception>
    public static async ValueTask<TranslationRun> OpenAsync(IModelProvider models, TranslationRoute route, MarianFiles files, CancellationToken cancellationToken)
    {
        var steps = new List<MarianTranslator>();
        try
        {
            foreach (var model in route.Steps) steps.Add(await MarianTranslator.OpenAsync(models, model, files, cancellationToken).ConfigureAwait(false));
            return new TranslationRun(route, steps);
        }
        catch
        {
            foreach (var step in steps) step.Dispose();
            throw;
        }
    }

    /// <summary>Plans a sentence.</summary>
    public SentencePlan Plan(string sentence, Terms terms) => new(sentence, Route.Languages[^1], terms, LanguageCode.IsFullWidth(Route.Languages[0]), _steps[0].Vocabulary.Knows);

    /// <summary>Translates sentences.</summary>
    /// <param name="plans">The sentences; their parts get their translations.</param>
    /// <param name="limits">How to write.</param>
    /// <param name="cancellationToken">Stops between steps and inside of one.</param>
    /// <exception cref="EdgeHostException">As <see cref="IModelLease.RunAsync"/> says.</exception>
    public async ValueTask TranslateAsync(IReadOnlyList<SentencePlan> plans, WritingLimits limits, CancellationToken cancellationToken)
    {
        await WriteAsync(plans.SelectMany(static plan => plan.Open), limits, cancellationToken).ConfigureAwait(false);

        // What the model made of a number, or of a name of another writing, is no matter of taste.
        var lost = plans.Where(static plan => !plan.KeepsAll()).ToArray();
        foreach (var plan in lost) plan.PlanStrictly();
        await WriteAsync(lost.SelectMany(static plan => plan.Open), limits, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose()
    {
        foreach (var step in _steps) step.Dispose();
    }

    private async ValueTask WriteAsync(IEnumerable<SentencePart> parts, WritingLimits limits, CancellationToken cancellationToken)
    {
        // Those of about the same length together, so that little is filled up.
        foreach (var group in parts.OrderBy(static part => part.Source.Length).Chunk(MaxRows))
        {
            var texts = Array.ConvertAll(group, static part => TextCleaner.Clean(part.Source));
            foreach (var step in _steps)
            {
                var open = Enumerable.Range(0, texts.Length).Where(i => texts[i].Length > 0).ToArray();
                if (open.Length == 0) break;
                var written = await step.TranslateAsync([.. open.Select(i => texts[i])], limits, cancellationToken).ConfigureAwait(false);
                for (var i = 0; i < open.Length; i++)
                {
                    texts[open[i]] = written[i].Text;
                    group[open[i]].IsCut |= written[i].IsCut;
                    Tokens += written[i].Tokens;
                }
            }

            for (var i = 0; i < group.Length; i++) group[i].Output = texts[i];
        }
    }
}
