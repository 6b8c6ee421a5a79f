using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using EdgeHost.Disks;
using EdgeHost.ModelStore.Blobs;
using EdgeHost.ModelStore.Manifests;
using Microsoft.Extensions.Logging;

namespace EdgeHost.ModelStore.Sources;

/// <summary>
/// Downloads one file, into the store or to a place of the caller's, resuming what an earlier attempt or an earlier process left. The partial
/// file grows beside a note of the server's validator, so that a file which changed meanwhile is started over instead of patched together.
/// </summary>
internal sealed class HttpDownload(HttpClient client, BlobFolder blobs, ModelStoreOptions options, TimeProvider time, ILogger logger)
{
    private const int MaxValidatorBytes = 4096;

    /// <summary>Fetches and installs a file. The caller holds the blob's lock.</summary>
    /// <exception cref="EdgeHostException">
    /// <see cref="ErrorCode.NotFound"/>, <see cref="ErrorCode.PermissionDenied"/>: so said the server; <see cref="ErrorCode.Unavailable"/>:
    /// no network, or no progress after all attempts; <see cref="ErrorCode.DataLoss"/>: other bytes than the manifest's.
    /// </exception>
    public async Task InstallAsync(Uri url, ModelFile file, Action<long> onBytes, CancellationToken cancellationToken)
    {
        var partial = blobs.PartialPathOf(file.Sha256);
        await CompleteAsync(url, new Wanted(file.Name, file, file.Bytes), partial, onBytes, cancellationToken).ConfigureAwait(false);
        blobs.Commit(partial, file.Sha256);
        File.Delete(ValidatorPath(partial));
    }

    /// <summary>Fetches a file of which nothing is known yet to a path of the caller's.</summary>
    /// <param name="url">Where it is.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="path">Where it goes; nobody else writes there.</param>
    /// <param name="maxBytes">More than this is refused.</param>
    /// <param name="onBytes">Hears the running total.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Its length.</returns>
    /// <exception cref="EdgeHostException">As of <see cref="InstallAsync"/>, and <see cref="ErrorCode.ResourceExhausted"/>: it is too large.</exception>
    public async Task<long> ReceiveAsync(Uri url, string name, string path, long maxBytes, Action<long> onBytes, CancellationToken cancellationToken)
    {
        await CompleteAsync(url, new Wanted(name, null, maxBytes), path, onBytes, cancellationToken).ConfigureAwait(false);
        File.Delete(ValidatorPath(path));
        return LengthOf(path);
    }

    private async Task CompleteAsync(Uri url, Wanted file, string partial, Action<long> onBytes, CancellationToken cancellationToken)
    {
        var startedOver = false;
        var attempt = 0;
        while (true)
        {
            var before = LengthOf(partial);
            var result = await TryAsync(url, file, partial, onBytes, cancellationToken).ConfigureAwait(false);
            if (result.IsComplete) return;
            if (result.MustStartOver)
            {
                // What was on disk did not belong to these bytes: once from the beginning, then the source is wrong.
                Discard(partial);
                if (startedOver || before == 0) throw result.Error!;
                startedOver = true;
                continue;
            }

            attempt = LengthOf(partial) > before ? 1 : attempt + 1;
            if (!result.MayRetry || attempt >= options.HttpAttempts) throw result.Error!;
            var wait = Backoff(attempt, result.Error!.RetryAfter);
            logger.LogInformation("Download of {File} interrupted at {Bytes} bytes ({Reason}); resuming in {Wait}", file.Name, LengthOf(partial), result.Error.Message, wait);
            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static long LengthOf(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;

    private static string ValidatorPath(string partial) => partial + ".from";

    private static void Discard(string partial)
    {
        File.Delete(partial);
        File.Delete(ValidatorPath(partial));
    }

    private static EdgeHostException Unreachable(Uri url, Exception? cause, string reason) => new(
        ErrorCode.Unavailable,
        $"The server {url.Host} cannot be reached ({reason}). Check the network, or give a folder that has the files with --mirror.",
        cause);

    private async Task<Outcome> TryAsync(Uri url, Wanted file, string partial, Action<long> onBytes, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await ReceiveAsync(url, file, partial, onBytes, patience, both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Outcome.Retry(Unreachable(url, null, "it stopped answering"));
        }
        catch (HttpRequestException e)
        {
            return Outcome.Retry(Unreachable(url, e, e.HttpRequestError.ToString()));
        }
        catch (HttpIOException e)
        {
            return Outcome.Retry(Unreachable(url, e, e.HttpRequestError.ToString()));
        }
        catch (IOException e) when (e.InnerException is System.Net.Sockets.SocketException)
        {
            return Outcome.Retry(Unreachable(url, e, "the connection broke"));
        }
        catch (IOException e) when (DiskErrors.IsFull(e))
        {
            throw DiskFull.While($"the file '{file.Name}'", e);
        }
    }

    private async Task<Outcome> ReceiveAsync(
        Uri url, Wanted file, string partial, Action<long> onBytes, CancellationTokenSource patience, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var target = new FileStream(partial, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
        await using (target.ConfigureAwait(false))
        {
            // Without a hash, only the server's validator says that what is here is the beginning of what will come.
            if (target.Length > file.MaxBytes || (file.Known is null && !File.Exists(ValidatorPath(partial)))) target.SetLength(0);
            var have = await VerifyingCopy.AppendAsync(target, null, hash, file.MaxBytes, onBytes, cancellationToken).ConfigureAwait(false);
            if (file.Known is null || have < file.MaxBytes)
            {
                using var request = await RequestAsync(url, partial, have, cancellationToken).ConfigureAwait(false);
                patience.CancelAfter(options.HttpAnswerTimeout);
                using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
                if (Refusal(url, file, response, have) is { } refusal) return refusal;
                if (have > 0 && response.StatusCode == HttpStatusCode.OK)
                {
                    // The server cannot resume, or the file changed there.
                    target.SetLength(0);
                    _ = hash.GetHashAndReset();
                    have = 0;
                }

                await RememberValidatorAsync(url, partial, response, cancellationToken).ConfigureAwait(false);
                var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
                await using (body.ConfigureAwait(false))
                {
                    var start = have;
                    patience.CancelAfter(options.HttpStallTimeout);
                    have += await VerifyingCopy.AppendAsync(body, target, hash, file.MaxBytes - start, OnBytes, cancellationToken).ConfigureAwait(false);

                    void OnBytes(long received)
                    {
                        patience.CancelAfter(options.HttpStallTimeout);
                        onBytes(start + received);
                    }
                }

                patience.CancelAfter(Timeout.InfiniteTimeSpan);
                if (have > file.MaxBytes) return file.Known is { } wrong ? Outcome.StartOver(VerifyingCopy.WrongSize(wrong, wrong.Bytes, url.Host, orMore: true)) : Outcome.Fail(TooLarge(url, file));
                if (have < file.Known?.Bytes) return Outcome.Retry(Unreachable(url, null, "it closed the connection early"));
            }

            if (file.Known is { } known && VerifyingCopy.HexOf(hash) is var actual && actual != known.Sha256) return Outcome.StartOver(VerifyingCopy.WrongHash(known, actual, url.Host));
            target.Flush(flushToDisk: true);
            return Outcome.Complete;
        }
    }

    private static async Task<HttpRequestMessage> RequestAsync(Uri url, string partial, long have, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
        if (have == 0) return request;
        request.Headers.Range = new RangeHeaderValue(have, null);
        var note = ValidatorPath(partial);
        if (!File.Exists(note) || new FileInfo(note).Length > MaxValidatorBytes) return request;
        var lines = await File.ReadAllLinesAsync(note, cancellationToken).ConfigureAwait(false);
        if (lines.Length < 2 || lines[0] != url.OriginalString) return request;
        if (EntityTagHeaderValue.TryParse(lines[1], out var tag)) request.Headers.IfRange = new RangeConditionHeaderValue(tag);
        else if (DateTimeOffset.TryParseExact(lines[1], "r", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) request.Headers.IfRange = new RangeConditionHeaderValue(date);
        return request;
    }

    private static async Task RememberValidatorAsync(Uri url, string partial, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var validator = response.Headers.ETag is { IsWeak: false } tag ? tag.Tag : response.Content.Headers.LastModified?.ToString("r", CultureInfo.InvariantCulture);
        var note = ValidatorPath(partial);
        if (validator is null) File.Delete(note);
        else await File.WriteAllTextAsync(note, $"{url.OriginalString}\n{validator}\n", Encoding.UTF8, cancellationToken).ConfigureAwait(false);
    }

    private Outcome? Refusal(Uri url, Wanted file, HttpResponseMessage response, long have)
    {
        var status = (int)response.StatusCode;
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                return response.Content.Headers.ContentLength is { } length && Misfit(url, file, length) is { } misfit ? Outcome.Fail(misfit) : null;
            case HttpStatusCode.PartialContent:
                var range = response.Content.Headers.ContentRange;
                if (range?.Length is { } total && Misfit(url, file, total) is { } other) return Outcome.StartOver(other);
                return have > 0 && range?.From == have
                    ? null
                    : Outcome.StartOver(new EdgeHostException(ErrorCode.Unavailable, $"The server {url.Host} answered with another range than asked for."));
            case HttpStatusCode.RequestedRangeNotSatisfiable:
                return Outcome.StartOver(new EdgeHostException(ErrorCode.Unavailable, $"The server {url.Host} refuses the range of a resumed download."));
            case HttpStatusCode.NotFound or HttpStatusCode.Gone:
                return Outcome.Fail(new EdgeHostException(ErrorCode.NotFound, $"The server {url.Host} does not have the file '{file.Name}' (HTTP {status})."));
            case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden:
                return Outcome.Fail(new EdgeHostException(ErrorCode.PermissionDenied, $"The server {url.Host} does not give out the file '{file.Name}' (HTTP {status})."));
            case HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError:
                return Outcome.Retry(new EdgeHostException(ErrorCode.Unavailable, $"The server {url.Host} cannot serve now (HTTP {status}).")
                {
                    RetryAfter = RetryAfterOf(response),
                });
            default:
                return Outcome.Fail(new EdgeHostException(ErrorCode.Unavailable, $"The server {url.Host} answered with HTTP {status} instead of the file."));
        }
    }

    private static EdgeHostException? Misfit(Uri url, Wanted file, long length)
        => file.Known is { } known ? length != known.Bytes ? VerifyingCopy.WrongSize(known, length, url.Host) : null : length > file.MaxBytes ? TooLarge(url, file) : null;

    private static EdgeHostException TooLarge(Uri url, Wanted file) => DownloadBudget.Exceeded($"The file '{file.Name}' of {url.Host}", file.MaxBytes);

    private TimeSpan? RetryAfterOf(HttpResponseMessage response)
    {
        var wait = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - time.GetUtcNow(),
            _ => (TimeSpan?)null,
        };
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private TimeSpan Backoff(int attempt, TimeSpan? asked)
    {
        var wait = asked ?? options.HttpRetryDelay * Math.Pow(2, attempt - 1);
        return wait < options.HttpMaxRetryDelay ? wait : options.HttpMaxRetryDelay;
    }

    // Known: what a manifest says of it, or null.
    private sealed record Wanted(string Name, ModelFile? Known, long MaxBytes);

    private readonly record struct Outcome(bool IsComplete, bool MayRetry, bool MustStartOver, EdgeHostException? Error)
    {
        public static Outcome Complete => new(true, false, false, null);

        public static Outcome Retry(EdgeHostException error) => new(false, true, false, error);

        public static Outcome StartOver(EdgeHostException error) => new(false, false, true, error);

        public static Outcome Fail(EdgeHostException error) => new(false, false, false, error);
    }
}
