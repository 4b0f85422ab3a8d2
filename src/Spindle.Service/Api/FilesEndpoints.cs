// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spindle.Service.Documents;
using Spindle.Service.Jobs;
using Spindle.Service.Orders;
using Spindle.Service.Web;

namespace Spindle.Service.Api;

/// <summary>The files that a job made and named in its document, its image and the record beside it; and what its process wrote while it worked.</summary>
/// <param name="register">Where jobs stand.</param>
/// <param name="watch">What is seen of those that run.</param>
/// <param name="roots">Where such files may lie.</param>
/// <param name="logs">What processes wrote.</param>
internal sealed class FilesEndpoints(IRegister register, JobWatch watch, Roots roots, JobLogs logs) : IEndpoints
{
    private readonly JobFinder _jobs = new(register, watch, new(register, roots));

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead("/api/jobs/{job}/files", async context =>
        {
            FilePart[] files = [.. await FilesAsync(context, await _jobs.FindAsync(context))];
            await Answer.JsonAsync(context, new(files), ApiJson.Form.FilesPart);
        });
        routes.MapRead("/api/jobs/{job}/files/{name}", SendAsync);
        routes.MapRead("/api/jobs/{job}/log", LogAsync);
    }

    private async Task LogAsync(HttpContext context)
    {
        Query query = new(context.Request, "from", "attempt", "kind");
        Job job = await _jobs.FindAsync(context);
        bool isErrors = query.Text("kind") switch { null or "progress" => false, "errors" => true, var other => throw Failures.BadValue("kind", other, "progress or errors") };
        int attempt = (int)(query.Number("attempt", 1, int.MaxValue) ?? job.Attempt);
        (byte[] bytes, long next) = await logs.ReadAsync(job.Order.Id, attempt, isErrors, query.Number("from", 0, long.MaxValue) ?? 0, context.RequestAborted);
        context.Response.Headers["Spindle-Next"] = next.ToString(CultureInfo.InvariantCulture);
        await Answer.BytesAsync(context, bytes, "text/plain; charset=utf-8");
    }

    private async Task SendAsync(HttpContext context)
    {
        string name = (string)context.GetRouteValue("name")!;
        FilePart file = (await FilesAsync(context, await _jobs.FindAsync(context))).FirstOrDefault(file => file.Name == name) ?? throw Failures.NoFile(name);
        roots.Require(file.Path);

        // Never as what it may be: a disc's own HTML would be a page of ours.
        await TypedResults.PhysicalFile(file.Path, "application/octet-stream", file.Name, enableRangeProcessing: true).ExecuteAsync(context);
    }

    private async Task<IEnumerable<FilePart>> FilesAsync(HttpContext context, Job job)
    {
        if (await register.DocumentAsync(job.Order.Id, context.RequestAborted) is not { } text)
        {
            return [];
        }

        using JsonDocument document = JsonDocument.Parse(text);
        List<string> paths = [];
        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            if (document.RootElement.TryGetProperty("image", out JsonElement image) && image.ValueKind == JsonValueKind.String)
            {
                paths.Add(image.GetString()!);
            }

            if (document.RootElement.TryGetProperty("files", out JsonElement files) && files.ValueKind == JsonValueKind.Array)
            {
                paths.AddRange(files.EnumerateArray().Where(file => file.ValueKind == JsonValueKind.String).Select(file => file.GetString()!));
            }
        }

        return paths.Distinct(StringComparer.Ordinal).Where(Path.IsPathFullyQualified).Select(path => new FileInfo(path)).Where(file => file.Exists)
            .DistinctBy(file => file.Name).Select(file => new FilePart(file.Name, file.FullName, file.Length));
    }
}
