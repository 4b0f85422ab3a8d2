// SPDX-License-Identifier: MIT
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spindle.Service.Documents;
using Spindle.Service.Jobs;
using Spindle.Service.Orders;
using Spindle.Service.Web;

namespace Spindle.Service.Api;

/// <summary>The files that a job made and named in its document: its image, and the record beside it.</summary>
/// <param name="register">Where jobs stand.</param>
/// <param name="watch">What is seen of those that run.</param>
/// <param name="roots">Where such files may lie.</param>
internal sealed class FilesEndpoints(IRegister register, JobWatch watch, Roots roots) : IEndpoints
{
    private readonly JobFinder _jobs = new(register, watch);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead("/api/jobs/{job}/files", async context =>
        {
            FilePart[] files = [.. await FilesAsync(context, await _jobs.FindAsync(context))];
            await Answer.JsonAsync(context, new(files), ApiJson.Form.FilesPart);
        });
        routes.MapRead("/api/jobs/{job}/files/{name}", SendAsync);
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
