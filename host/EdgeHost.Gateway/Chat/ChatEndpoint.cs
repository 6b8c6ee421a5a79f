using System.Text;
using System.Text.Json;
using EdgeHost.Capabilities.Language;
using EdgeHost.Client;
using EdgeHost.Gateway.Http;
using EdgeHost.Gateway.Models;
using EdgeHost.Serialization;
using Microsoft.AspNetCore.Http;

namespace EdgeHost.Gateway.Chat;

/// <summary><c>POST /v1/chat/completions</c>, whole or as server-sent events. A program that goes away stops the call on the host.</summary>
internal sealed class ChatEndpoint(GatewayOptions options, TimeProvider time)
{
    public async Task HandleAsync(HttpContext context, EdgeHostClient client)
    {
        var body = await JsonSerializer.DeserializeAsync(context.Request.Body, GatewayJson.Wire.ChatRequestBody, context.RequestAborted).ConfigureAwait(false)
            ?? throw new EdgeHostException(ErrorCode.InvalidArgument, "The body is null.");
        var answer = new Answer(ChatRequests.Make(body, options.DefaultMaxTokens), body.Model ?? ModelNames.Default, time.GetUtcNow().ToUnixTimeSeconds());
        if (body.Stream != true)
        {
            await CompleteAsync(context, client, answer).ConfigureAwait(false);
            return;
        }

        await StreamAsync(context, client, answer, body.StreamOptions?.IncludeUsage == true).ConfigureAwait(false);
    }

    private static async Task CompleteAsync(HttpContext context, EdgeHostClient client, Answer answer)
    {
        var text = new StringBuilder();
        await foreach (var piece in answer.RunAsync(client, context.RequestAborted).ConfigureAwait(false)) text.Append(piece.Text);
        var end = answer.End;
        await context.Response.WriteAsJsonAsync(
            new CompletionBody(answer.Id, answer.Created, ModelOf(end.Model), [new ChoiceBody(new AnswerMessageBody("assistant", text.ToString()), end.FinishReason)], UsageOf(end)),
            GatewayJson.Wire.CompletionBody,
            contentType: null,
            context.RequestAborted).ConfigureAwait(false);
    }

    private static async Task StreamAsync(HttpContext context, EdgeHostClient client, Answer answer, bool withUsage)
    {
        var events = new EventWriter(context);
        try
        {
            var isFirst = true;
            await foreach (var piece in answer.RunAsync(client, context.RequestAborted).ConfigureAwait(false))
            {
                await events.WriteAsync(ChunkOf(answer, new ChunkChoiceBody(new AnswerMessageBody(isFirst ? "assistant" : null, piece.Text), FinishReason: null)), GatewayJson.Wire.ChunkBody).ConfigureAwait(false);
                isFirst = false;
            }

            await events.WriteAsync(ChunkOf(answer, new ChunkChoiceBody(new AnswerMessageBody(Role: null, Content: null), answer.End.FinishReason)), GatewayJson.Wire.ChunkBody).ConfigureAwait(false);
            if (withUsage) await events.WriteAsync(new ChunkBody(answer.Id, answer.Created, answer.Model, [], UsageOf(answer.End)), GatewayJson.Wire.ChunkBody).ConfigureAwait(false);
            await events.CompleteAsync().ConfigureAwait(false);
        }
        catch (EdgeHostException e) when (context.Response.HasStarted)
        {
            // The status is gone already: the error is an event, which client libraries throw.
            await events.WriteAsync(GatewayErrors.BodyOf(e), GatewayJson.Wire.ErrorEnvelope).ConfigureAwait(false);
        }
    }

    private static ChunkBody ChunkOf(Answer answer, ChunkChoiceBody choice) => new(answer.Id, answer.Created, answer.Model, [choice]);

    private static UsageBody UsageOf(GenerateResponse end) => new(end.InputTokens, end.OutputTokens, (long)end.InputTokens + end.OutputTokens);

    private static string ModelOf(string idAndVersion) => idAndVersion.Split('@')[0];

    /// <summary>An answer under way.</summary>
    private sealed class Answer(GenerateRequest request, string model, long created)
    {
        private GenerateResponse? _end;

        public string Id { get; } = $"chatcmpl-{Guid.NewGuid():N}";

        public string Model => model;

        public long Created => created;

        /// <summary>What the host said at the end.</summary>
        public GenerateResponse End => _end ?? throw new EdgeHostException(ErrorCode.Internal, "The host ended the answer without saying why.");

        public IAsyncEnumerable<GeneratedText> RunAsync(EdgeHostClient client, CancellationToken cancellationToken)
            => client.StreamAsync<GenerateRequest, GeneratedText>(LanguageMethods.Generate, request, new CallOptions { OnStreamResponse = Finish }, cancellationToken);

        private void Finish(ReadOnlyMemory<byte> body)
        {
            var reader = new WireReader(body);
            _end = GenerateResponse.Read(ref reader);
        }
    }
}
