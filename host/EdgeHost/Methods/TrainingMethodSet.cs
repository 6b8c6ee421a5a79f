using EdgeHost.Capabilities.Training;
using EdgeHost.Deployment;
using EdgeHost.Deployment.Versions;
using EdgeHost.Jobs;
using EdgeHost.Learning;
using EdgeHost.Learning.Consents;
using EdgeHost.Learning.Examples;
using EdgeHost.Learning.Feedback;
using EdgeHost.PluginHost;
using Microsoft.Extensions.Options;

namespace EdgeHost.Host.Methods;

/// <summary><c>training.*</c>: an app's own examples and consents. What the device's owner says comes by the command line, never by the socket.</summary>
internal sealed class TrainingMethodSet(ExampleStore examples, ConsentStore consents, CallJournal journal, JobService jobs, VersionControl versions, PluginAppData plugins, IOptions<LearningOptions> options)
{
    public IEnumerable<HostMethod> Create()
    {
        yield return HostMethod.UnaryOfApp<RecordExamplesRequest, RecordExamplesResponse>(
            TrainingMethods.Record,
            "Puts examples into the app's private store, with the owner's consent.",
            """{"dataset":"mails","purpose":"spam-filter","kind":"text","examples":[{"text":"See you at noon","label":"ham"}]}""",
            RecordAsync);
        yield return HostMethod.UnaryOfApp<ListDatasetsRequest, ListDatasetsResponse>(
            TrainingMethods.Datasets, "Lists the calling app's datasets and what it may still record.", "{}", ListAsync);
        yield return HostMethod.UnaryOfApp<DeleteExamplesRequest, DeleteExamplesResponse>(
            TrainingMethods.Delete, "Deletes examples of the calling app: of a dataset, for a purpose, or everything, with jobs, models and what plugins keep of it.", """{"dataset":"mails"}""", DeleteAsync);
        yield return HostMethod.UnaryOfApp<ConsentRequest, ConsentResponse>(
            TrainingMethods.Consent, "Says what the device's owner allows the calling app to record, or gives a consent back.", "{}", ConsentAsync);
    }

    private async ValueTask<RecordExamplesResponse> RecordAsync(RecordExamplesRequest request, AppIdentity app, CancellationToken cancellationToken)
    {
        var spec = new DatasetSpec
        {
            Name = request.Dataset,
            Purpose = request.Purpose,
            Kind = WireExamples.KindOf(request.Kind),
            ValidationShare = request.ValidationShare,
            TestShare = request.TestShare,
            Retention = request.RetentionDays is { } days ? TimeSpan.FromDays(days) : null,
        };
        var result = await examples.RecordAsync(ExampleOwner.Of(app), spec, WireExamples.DraftsOf(request), cancellationToken).ConfigureAwait(false);
        return new RecordExamplesResponse
        {
            Accepted = result.Accepted,
            Duplicates = result.Duplicates,
            Relabelled = result.Relabelled,
            Examples = result.Examples,
            Bytes = result.Bytes,
        };
    }

    private async ValueTask<ListDatasetsResponse> ListAsync(ListDatasetsRequest request, AppIdentity app, CancellationToken cancellationToken)
        => WireExamples.ListOf(
            await examples.ListAsync(ExampleOwner.Of(app), request.Dataset, cancellationToken).ConfigureAwait(false),
            await examples.UsageAsync(ExampleOwner.Of(app), cancellationToken).ConfigureAwait(false),
            options.Value);

    private async ValueTask<DeleteExamplesResponse> DeleteAsync(DeleteExamplesRequest request, AppIdentity app, CancellationToken cancellationToken)
    {
        var given = (request.Dataset is null ? 0 : 1) + (request.Purpose is null ? 0 : 1) + (request.Everything ? 1 : 0);
        if (given != 1) throw new EdgeHostException(ErrorCode.InvalidArgument, "Say what to delete with exactly one of dataset, purpose, and everything.");

        // What waits to be written would come after, and what was made of the examples goes with them.
        int? models = null;
        if (request.Everything)
        {
            await journal.FlushAsync(cancellationToken).ConfigureAwait(false);
            await jobs.ForgetAsync(ExampleOwner.Of(app), cancellationToken).ConfigureAwait(false);
            models = await versions.ForgetAsync(VersionScope.Of(app), cancellationToken).ConfigureAwait(false);
            plugins.Delete(app);
        }

        var result = await examples.DeleteAsync(ExampleOwner.Of(app), request.Dataset, request.Purpose, cancellationToken).ConfigureAwait(false);
        return new DeleteExamplesResponse { Examples = result.Examples, Datasets = result.Datasets, Calls = result.Calls, Models = models };
    }

    private async ValueTask<ConsentResponse> ConsentAsync(ConsentRequest request, AppIdentity app, CancellationToken cancellationToken)
    {
        var owner = ExampleOwner.Of(app);
        if (request.DeleteExamples && request.Revoke is null)
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, "delete_examples goes with revoke; training.delete deletes without it.");
        }

        var deleted = 0L;
        if (request.Revoke is { } purpose)
        {
            await consents.SetAsync(owner, purpose, isGranted: false, cancellationToken).ConfigureAwait(false);
            if (request.DeleteExamples) deleted = (await examples.DeleteAsync(owner, purpose: purpose, cancellationToken: cancellationToken).ConfigureAwait(false)).Examples;
        }

        return new ConsentResponse
        {
            Consents =
            [
                .. (await consents.ListAsync(owner, cancellationToken).ConfigureAwait(false))
                    .Select(static consent => new ConsentEntry(consent.Purpose, consent.IsGranted, consent.Since.ToUnixTimeMilliseconds())),
            ],
            DeletedExamples = deleted,
        };
    }
}
