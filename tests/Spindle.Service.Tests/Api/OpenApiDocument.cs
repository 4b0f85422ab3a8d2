// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Spindle.Service.Api;
using Spindle.Service.Documents;
using Spindle.Service.Streaming;
using Spindle.Service.Web;
using Spindle.Station;
using Spindle.Station.Contract;
using Spindle.Station.Drives;
using Spindle.Testing;

namespace Spindle.Service.Tests.Api;

/// <summary>The interface for programs as OpenAPI 3.1.1, made of the types that it is written with: docs/formats/openapi.json.</summary>
internal sealed class OpenApiDocument
{
    private readonly JsonObject _schemas = [];
    private readonly JsonObject _paths = [];

    private OpenApiDocument()
    {
        Add("Problem", WebJson.Form.Problem);
        Add("Status", ApiJson.Form.StatusPart);
        AddDrives();
        Add("Job", JobsJson.Form.JobPart);
        Add("Jobs", JobsDocument.Form);
        Add("Stop", ApiJson.Form.StopPart);
        Add("By", ApiJson.Form.ByPart);
        Add("Priority", ApiJson.Form.PriorityPart);
        Add("Name", ApiJson.Form.NamePart);
        Add("Pause", ApiJson.Form.PausePart);
        Add("Arm", ApiJson.Form.ArmPart);
        Add("Title", ApiJson.Form.TitlePart);
        Add("BatchChange", ApiJson.Form.BatchChangePart);
        Add("Batch", ApiJson.Form.BatchPart);
        Add("Batches", ApiJson.Form.BatchesPart);
        Add("Answer", ApiJson.Form.AnswerPart);
        Add("LateReports", ApiJson.Form.LateReportsPart);
        Add("Decision", ApiJson.Form.DecisionPart);
        Add("Files", ApiJson.Form.FilesPart);
        Add("Hello", EventText.Form.HelloPart);
        Add("Wanted", EventText.Form.WantedPart);
        Add("Log", EventText.Form.LogPart);
        Add("StationChange", EventText.Form.StationChangePart);
        AddOrder();
    }

    /// <summary>All of it.</summary>
    public static JsonObject Make()
    {
        OpenApiDocument document = new();
        document.Describe();
        return new()
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "Spindle",
                ["version"] = "1",
                ["description"] = "What 'spindle serve' answers to programs. Keys are camelCase, sizes bytes, moments RFC 3339 with their zone, words kebab-case. Failures are problem details (RFC 9457); their codes stand in docs/errors.md.",
                ["license"] = new JsonObject { ["name"] = "MIT", ["identifier"] = "MIT" },
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["security"] = new JsonArray(new JsonObject { ["token"] = new JsonArray() }),
            ["paths"] = document._paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject
                {
                    ["token"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = "The token in the file that 'spindle serve' names." },
                },
                ["schemas"] = document._schemas,
            },
        };
    }

    private void Describe()
    {
        Read("/api/health", "That the service lives", "text/plain", isOpen: true);
        Read("/api/openapi.json", "This document", "application/json", isOpen: true);
        Read("/api/status", "How the service is", "Status");
        Read("/api/drives", "The optical drives, as 'spindle drives --json' tells them, with what the station knows of each: 'id', 'job', 'isPaused', 'armed', 'notice'; a look serves all who ask for two seconds", "Drives");
        Read("/api/drives/{drive}", "A drive, by its identity, its name, or the last part of its path", "Drive", refusals: [404]);
        Change("/api/drives/{drive}/name", "Call a drive something", "Name", needsBody: true, refusals: [404], answer: "Drive");
        Change("/api/drives/{drive}/pause", "Begin no job in a drive, or begin them again", "Pause", needsBody: true, refusals: [404], answer: "Drive");
        Change("/api/drives/{drive}/eject", "Give the disc back that is in a drive", "By", refusals: [404, 409], answer: "Drive");
        Change("/api/drives/{drive}/arm", "Image each disc that is put into a drive", "Arm", needsBody: true, refusals: [403, 404], answer: "Drive");
        Change("/api/drives/{drive}/disarm", "Let nothing begin by itself in a drive", null, refusals: [404], answer: "Drive");
        Change("/api/pause", "Begin no job of this station, or begin them again", "Pause", needsBody: true, refusals: [], answer: "Pause");
        Read("/api/titles", "What a disc is called, in the list that 'spindle serve --titles' names", "Title", query: [("identifier", "Its call number")], refusals: [404]);
        Read("/api/batches", "Batches, those with the newest jobs first", "Batches", query: [("name", "That one alone")]);
        Change("/api/batches", "Open a batch, or close it", "BatchChange", needsBody: true, refusals: [404], answer: "Batch");
        Read("/api/jobs", "Jobs, the newest first", "Jobs", query:
            [("state", "Words with commas between them: queued, running, stopping, lost, ended"), ("verb", "This verb"), ("batch", "This batch"), ("operator", "Asked for by this person"), ("resource", "Needs this, such as drive:IDENTITY"), ("before", "Numbers below this: 'next' of the page before"), ("limit", "How many at most, 1 to 1000; 50 if nothing is said")]);
        Change("/api/jobs", "Enter a job; the same order sent twice, with the same id, is one job", "Order", needsBody: true, refusals: [403, 404, 409]);
        Read("/api/jobs/{job}", "A job, by its number or its id", "Job");
        Read("/api/jobs/{job}/result", "The document of an ended job: that of its verb", "application/json");
        Read("/api/jobs/{job}/files", "The files that a job made and named, as far as they are still there", "Files");
        Read("/api/jobs/{job}/files/{name}", "One of them; ranges of bytes can be asked for", "application/octet-stream");
        Read("/api/jobs/{job}/log", "What its process told of its progress, in whole lines, 1 MiB at most; the header Spindle-Next says where to go on", "text/plain", query:
            [("from", "The first byte that is wanted"), ("attempt", "Of which attempt; the last one if nothing is said"), ("kind", "progress, or errors: what it said when it broke")]);
        Change("/api/jobs/{job}/stop", "Stop a job: in order, or at once", "Stop", refusals: [404]);
        Change("/api/jobs/{job}/retry", "Do once more what an ended job did", "By", refusals: [403, 404, 409]);
        Change("/api/jobs/{job}/priority", "Say when a queued job has its turn; without a priority, before all that wait", "Priority", needsBody: true, refusals: [404]);
        Change("/api/jobs/{job}/release", "Give a lost job free: it may be begun anew", "By", refusals: [404]);
        Change("/api/jobs/{job}/answer", "Answer what a job asks ('question')", "Answer", needsBody: true, refusals: [404]);
        Read("/api/jobs/{job}/late-reports", "What was reported of a job when its station had it no more", "LateReports");
        Change("/api/jobs/{job}/late-reports", "Take such a report for the job's result, or discard it", "Decision", needsBody: true, refusals: [404]);
        Events();
        foreach ((string name, string[] changing) in Reading.Verbs)
        {
            IVerb verb = Verbs.All.Single(known => known.Name == name);
            string path = $"/api/{(name == "events" ? "disc-events" : name)}";
            string document = $"Document-{name}";
            Add(document, verb.DocumentForm);
            Read(path, $"What 'spindle {name} --json' tells", document, query: [.. QueryRequest.Keys(verb.RequestForm, "").Except(changing).Select(key => (key, "As the verb's request has it; of a list, once for each"))], refusals: [403, 404, 409, 503]);
            Operation(path, "post", $"The same, asked by the verb's request", new JsonObject { ["required"] = true, ["content"] = Content("application/json", Ref($"Request-{name}")) }, Responses(200, document, [403, 404, 409, 415, 422, 503]));
        }
    }

    private void Events() => Operation("/api/events", "get", "What changes, as it changes (server-sent events): 'hello' first, then 'job-created', 'job-changed', 'operator-wanted', 'job-progress' (twice a second for each job at most), 'station-changed' (what is paused, which batches are open), 'drive-changed' and 'drive-gone', 'job-log' where one is asked for, 'ping' every 15 seconds, 'going' when the service stops. 'id' is the number of the last change; data is the whole record, never a difference", null,
        new JsonObject
        {
            ["200"] = new JsonObject
            {
                ["description"] = "A stream without end. data of hello: Hello; of job-created, job-changed, job-progress: Job; of operator-wanted: Wanted; of station-changed: StationChange; of drive-changed: Drive; of job-log: Log",
                ["content"] = new JsonObject { ["text/event-stream"] = new JsonObject { ["schema"] = new JsonObject { ["oneOf"] = new JsonArray(Ref("Hello"), Ref("Job"), Ref("Wanted"), Ref("StationChange"), Ref("Drive"), Ref("Log")) } } },
            },
            ["503"] = Refusal("200 watch already"),
        },
        [("after", "Changes behind this one are told first; the header Last-Event-ID says the same"), ("log", "A job by its number or its id: what its process writes is told, too")]);

    /// <summary>The drives as the verb tells them, and what the station knows of each.</summary>
    private void AddDrives()
    {
        Add("Drives", DrivesVerb.Verb.Document);
        JsonObject items = _schemas["Drives"]!["properties"]!["drives"]!["items"]!.AsObject(), known = items["properties"]!.AsObject();
        known["id"] = new JsonObject { ["type"] = "string", ["description"] = "What it is in addresses." };
        known["job"] = new JsonObject { ["type"] = new JsonArray("integer", "null"), ["description"] = "The number of the job that has it." };
        known["isPaused"] = new JsonObject { ["type"] = "boolean", ["description"] = "Whether no job begins in it." };
        known["armed"] = new JsonObject { ["type"] = new JsonArray("object", "null"), ["description"] = "What begins by itself when a disc is put in: 'template', 'batch', 'request'." };
        known["notice"] = new JsonObject { ["type"] = new JsonArray("string", "null"), ["description"] = "Why the disc in it did not begin by itself." };
        JsonObject drive = items.DeepClone().AsObject();
        Repoint(drive, "#/components/schemas/Drive");
        _schemas["Drive"] = drive;
    }

    private void AddOrder()
    {
        JsonArray orders = [];
        foreach (IVerb verb in Verbs.All)
        {
            Add($"Request-{verb.Name}", verb.RequestForm);
            orders.Add(new JsonObject
            {
                ["properties"] = new JsonObject { ["verb"] = new JsonObject { ["const"] = verb.Name }, ["request"] = Ref($"Request-{verb.Name}") },
            });
        }

        Add("Order", ApiJson.Form.OrderPart);
        _schemas["Order"]!["oneOf"] = orders;
    }

    private void Add(string name, JsonTypeInfo form)
    {
        JsonObject schema = JsonSchemas.Of(form, name);
        schema.Remove("$schema");
        Repoint(schema, $"#/components/schemas/{name}");
        _schemas[name] = schema;
    }

    /// <summary>What is said twice in a schema points to where it was said first: from the begin of the document that it stands in now.</summary>
    private static void Repoint(JsonNode? node, string place)
    {
        if (node is JsonObject all)
        {
            if (all["$ref"]?.GetValue<string>() is { } pointer)
            {
                all["$ref"] = place + pointer[1..];
            }

            foreach ((_, JsonNode? inner) in all)
            {
                Repoint(inner, place);
            }
        }
        else if (node is JsonArray list)
        {
            foreach (JsonNode? inner in list)
            {
                Repoint(inner, place);
            }
        }
    }

    private void Read(string path, string summary, string answer, bool isOpen = false, IReadOnlyList<(string Key, string Meaning)>? query = null, int[]? refusals = null)
    {
        int[] usual = [.. (refusals ?? (path.Contains("{job}", StringComparison.Ordinal) ? [404] : [])), .. query is null ? (int[])[] : [422]];
        JsonObject operation = Operation(path, "get", summary, null, Responses(200, answer, [.. usual.Distinct().Order()]), query);
        if (isOpen)
        {
            operation["security"] = new JsonArray();
        }
    }

    private void Change(string path, string summary, string? body, int[] refusals, bool needsBody = false, string? answer = null) => Operation(
        path, "post", summary, body is null ? null : new JsonObject { ["required"] = needsBody, ["content"] = Content("application/json", Ref(body)) },
        Responses(answer is null ? 202 : 200, answer ?? "Job", [.. refusals, 415, 422]));

    private JsonObject Operation(string path, string method, string summary, JsonObject? body, JsonObject responses, IReadOnlyList<(string Key, string Meaning)>? query = null)
    {
        JsonArray parameters = [];
        foreach (string part in path.Split('/').Where(part => part.StartsWith('{')))
        {
            parameters.Add(new JsonObject { ["name"] = part.Trim('{', '}'), ["in"] = "path", ["required"] = true, ["schema"] = new JsonObject { ["type"] = "string" } });
        }

        foreach ((string key, string meaning) in query ?? [])
        {
            parameters.Add(new JsonObject { ["name"] = key, ["in"] = "query", ["description"] = meaning, ["schema"] = new JsonObject { ["type"] = "string" } });
        }

        JsonObject operation = new() { ["summary"] = summary, ["operationId"] = $"{method}{path.Replace("/api", "", StringComparison.Ordinal).Replace('/', '-').Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal)}" };
        if (parameters.Count > 0)
        {
            operation["parameters"] = parameters;
        }

        if (body is not null)
        {
            operation["requestBody"] = body;
        }

        operation["responses"] = responses;
        if (_paths[path] is not JsonObject place)
        {
            _paths[path] = place = [];
        }

        place[method] = operation;
        return operation;
    }

    private static JsonObject Responses(int status, string answer, int[] refusals)
    {
        bool isType = answer.Contains('/', StringComparison.Ordinal);
        JsonObject all = new()
        {
            [$"{status}"] = new JsonObject { ["description"] = status == 202 ? "The job as it is now" : "What was asked for", ["content"] = Content(isType ? answer : "application/json", isType ? [] : Ref(answer)) },
        };
        foreach (int refusal in refusals)
        {
            all[$"{refusal}"] = Refusal(refusal switch
            {
                403 => "A file or folder outside of the roots is named",
                404 => "There is none of that name",
                409 => "Another job does the same, or has what this needs",
                415 => "The body is not JSON",
                422 => "That makes no sense, or can't be done",
                _ => "Not now: too many ask",
            });
        }

        all["default"] = Refusal("Anything else, such as 401 without the token");
        return all;
    }

    private static JsonObject Refusal(string description) => new() { ["description"] = description, ["content"] = Content("application/problem+json", Ref("Problem")) };

    private static JsonObject Content(string type, JsonObject schema) => new() { [type] = new JsonObject { ["schema"] = schema } };

    private static JsonObject Ref(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };
}
