// In a file of its own, since the policy of the page allows no inline script.
SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  displayRequestDuration: true,
  // Tokens stay in memory, and no description is sent to anybody's validator.
  persistAuthorization: false,
  validatorUrl: null,
});
