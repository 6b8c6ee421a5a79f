using System.Text.Json;
using EdgeHost.Client;
using EdgeHost.Gateway.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Gateway.Http;

/// <summary>What every request goes through: its key, the connection of its app, and errors as bodies.</summary>
internal sealed partial class RequestRunner(GatewayOptions options, Func<ApiKey, bool> isKey, AppClients clients, ILogger logger)
{
    private const string KeyHelp = "Send 'Authorization: Bearer APP:TOKEN'; 'edgehost apps add APP --token' makes a token.";

    /// <summary>Runs a request as the app of its key.</summary>
    /// <param name="context">The request.</param>
    /// <param name="handle">Answers it.</param>
    public async Task RunAsync(HttpContext context, Func<HttpContext, EdgeHostClient, Task> handle)
    {
        try
        {
            using var use = await clients.TakeAsync(KeyOf(context)).ConfigureAwait(false);
            await handle(context, use.Client).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The program went away, and the call on the host with it.
        }
        catch (EdgeHostException e)
        {
            await FailAsync(context, e).ConfigureAwait(false);
        }
        catch (JsonException e)
        {
            await FailAsync(context, new EdgeHostException(ErrorCode.InvalidArgument, $"The body is not the JSON that is asked for: {e.Message}")).ConfigureAwait(false);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            await FailAsync(context, new EdgeHostException(ErrorCode.InvalidArgument, TooLarge(context), e)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is BadHttpRequestException or InvalidDataException)
        {
            await FailAsync(context, new EdgeHostException(ErrorCode.InvalidArgument, $"The request cannot be read: {e.Message}", e)).ConfigureAwait(false);
        }
    }

    /// <summary>Answers what no route is for.</summary>
    public static Task RefuseAsync(HttpContext context) => GatewayErrors.WriteAsync(
        context,
        new EdgeHostException(ErrorCode.NotFound, $"There is no {context.Request.Method} {context.Request.Path} here; docs/gateway.md lists what there is."));

    private ApiKey KeyOf(HttpContext context)
    {
        if (!ApiKey.TryParse(context.Request.Headers.Authorization, out var key)) throw new EdgeHostException(ErrorCode.Unauthenticated, $"The request has no key. {KeyHelp}");
        if (!isKey(key)) throw new EdgeHostException(ErrorCode.Unauthenticated, $"The key is not one of this host. {KeyHelp}");
        return key;
    }

    private string TooLarge(HttpContext context)
    {
        var isAudio = context.Request.HasFormContentType;
        var (limit, name) = isAudio ? (options.MaxAudioBytes, nameof(GatewayOptions.MaxAudioBytes)) : (options.MaxRequestBytes, nameof(GatewayOptions.MaxRequestBytes));
        return $"The body has more than {limit} bytes, which is the limit ({GatewayOptions.SectionName}:{name}).";
    }

    private async Task FailAsync(HttpContext context, EdgeHostException error)
    {
        if (context.Response.HasStarted)
        {
            // A stream says its errors itself; what comes here afterwards can only end it.
            LogBroken(context.Request.Path, error.Message);
            context.Abort();
            return;
        }

        if (error.Code is ErrorCode.Internal or ErrorCode.DataLoss) LogFailed(context.Request.Path, error.Message);
        await GatewayErrors.WriteAsync(context, error).ConfigureAwait(false);
    }

    [LoggerMessage(LogLevel.Warning, "A request for {Path} failed: {Problem}")]
    private partial void LogFailed(string path, string problem);

    [LoggerMessage(LogLevel.Information, "The answer to {Path} broke off: {Problem}")]
    private partial void LogBroken(string path, string problem);
}
